-- One row per row of the source, cleaned and cast: a product, and the first thing that is wrong with it.
with source as (
    select * from {{ source_table('products') }}
),

cleaned as (
    select
        row_number,
        row_defect,
        {{ clean_columns('products') }}
    from source
)

select
    row_number,
    case
        when row_defect is not null then row_defect
        when product_id is null then 'product_id is missing'
        when {{ unreadable('price', 'decimal(18, 4)') }} then 'price is not a number'
        when try_cast(price as decimal(18, 4)) < 0 then 'price is negative'
        when is_available is not null and {{ to_boolean('is_available') }} is null
            then 'is_available is not true or false'
    end as reject_reason,
    product_id,
    product_name,
    description,
    -- `Home / Kitchen` and `Home/Kitchen` are one path
    replace(replace(category, ' /', '/'), '/ ', '/') as category,
    brand,
    try_cast(price as decimal(18, 4)) as price,
    coalesce({{ to_boolean('is_available') }}, true) as is_available,
    image_path,
    try_cast(unit_cost as decimal(18, 6)) as unit_cost,
    upper(currency) as currency,
    {{ to_utc('updated_at') }} as updated_at
from cleaned
