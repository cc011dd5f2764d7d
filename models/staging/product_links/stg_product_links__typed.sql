-- One row per row of the source, cleaned and cast: a product that is the same as another, and the first thing wrong with it. A
-- source that the run does not read has no products here.
with {{ rows_by_type('product_links', ref('src_product_links')) }},

with_source as (
    select
        *,
        source_system in ({% for source in sources() %}{{ sql_text(source['name']) }}{{ ', ' if not loop.last }}{% endfor %})
            as is_read
    from by_type
)

select
    row_number,
    source_name,
    coalesce({{ fault_of_columns('product_links') }}, case
        when not is_read then 'source_system is no source of this run'
    end) as reject_reason,
    source_system,
    {{ id_of_source('source_product_id', 'source_system') }} as source_product_id,
    product_id_read as product_id
from with_source
