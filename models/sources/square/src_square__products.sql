{{ config(enabled=reads('square')) }}
-- One row per product that the item details name: item and price point, or what has one SKU, as the latest sale up to as_of names
-- it. What was typed in at the till is left out. row_number is that of the latest row naming it.
{% call(source) each_source('square') %}
with sightings as (
    select
        *,
        row({{ read_time('ordered_at', 'cast(null as string)', source) }}, -row_number) as seen
    from {{ of_source(ref('src_square__item_rows'), source) }}
    where
        row_defect is null
        and not is_no_product
        -- no list of products says what it will hold later: nothing after as_of is known
        and {{ read_time('ordered_at', 'cast(null as string)', source) }} <= {{ as_of_setting('9999-12-31') }}
)

select
    max_by(row_number, seen) as row_number,
    product_id,
    max_by(product_name, seen) as product_name,
    max_by(sku, seen) filter (where sku is not null) as sku,
    max_by(category, seen) filter (where category is not null) as category,
    cast(null as string) as row_defect
from sightings
group by product_id
{% endcall %}
