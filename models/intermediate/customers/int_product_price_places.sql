-- One row per product with a price and a category with products of other prices: where its price lies among theirs, from 0
-- (the lowest) to 1 (the highest); equal prices share the middle of their places.
with products as (
    select
        product_id,
        category,
        price
    from {{ ref('int_products') }}
    where
        is_product
        and category is not null
        and price > 0
),

places as (
    select
        product_id,
        rank() over (partition by category order by price asc nulls last) as lowest_place,
        count(*) over (partition by category, price) as at_this_price,
        count(*) over (partition by category) as products
    from products
)

select
    product_id,
    (lowest_place - 1 + (at_this_price - 1) / 2.0) / nullif(products - 1, 0) as price_place
from places
where at_this_price < products
