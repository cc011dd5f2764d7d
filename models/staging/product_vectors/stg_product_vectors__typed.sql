-- One row per row of the source, cleaned and cast: a product with a vector, and the first thing that is wrong with it.
with source as (
    select * from {{ source_table('product_vectors') }}
),

cleaned as (
    select
        row_number,
        row_defect,
        {{ clean_columns('product_vectors') }}
    from source
)

select
    row_number,
    case
        when row_defect is not null then row_defect
        when product_id is null then 'product_id is missing'
        -- null, nan and inf all have an n
        when vector is not null and ({{ to_vector('vector') }} is null or contains(lower(vector), 'n'))
            then 'vector is not a list of numbers'
    end as reject_reason,
    product_id,
    {{ to_vector('vector') }} as vector
from cleaned
