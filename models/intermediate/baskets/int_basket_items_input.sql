-- One row per basket and product, both as numbers; a basket without products is one row without a product, because it
-- counts among the baskets.
with baskets as (
    select
        order_id as basket_id,
        cast(row_number() over (order by order_id asc nulls last) as int) as basket_code
    from {{ ref('int_orders') }}
    where is_sale
)

select
    b.basket_code,
    c.product_code
from baskets as b
left join {{ ref('int_basket_items') }} as i on b.basket_id = i.basket_id
left join {{ ref('int_product_codes') }} as c on i.product_id = c.product_id
