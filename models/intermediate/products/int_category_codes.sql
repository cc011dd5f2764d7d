-- One row per category of a product: a dense whole number for it, in the order of the paths.
with categories as (
    select distinct category
    from {{ ref('int_products') }}
    where
        category is not null
        and is_product
)

select
    category,
    cast(row_number() over (order by category asc nulls last) as int) as category_code
from categories
