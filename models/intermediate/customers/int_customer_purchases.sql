-- One row per purchase: a customer, an order and a product in it that was sold. Counts of purchases are not swayed by units
-- or by one dear product.
with lines as (
    select
        o.customer_id,
        l.order_id,
        l.product_id,
        min(o.ordered_at) as ordered_at,
        -- lines without a price say nothing about discounts
        bool_or(l.discount > 0) filter (where l.list_amount > 0) as is_discounted
    from {{ ref('int_order_lines') }} as l
    inner join {{ ref('int_orders') }} as o on l.order_id = o.order_id
    where
        o.customer_id is not null
        and l.is_sold
        and l.is_product
    group by o.customer_id, l.order_id, l.product_id
),

-- orders at the same instant are one visit to the shop
firsts as (
    select
        customer_id,
        product_id,
        min(ordered_at) as first_ordered_at
    from lines
    group by customer_id, product_id
),

beginnings as (
    select
        customer_id,
        min(first_ordered_at) as first_ordered_at
    from firsts
    group by customer_id
)

select
    l.customer_id,
    l.order_id,
    l.product_id,
    l.ordered_at,
    coalesce(l.is_discounted, false) as is_discounted,
    l.is_discounted is not null as has_price,
    l.ordered_at = b.first_ordered_at as is_first_order,
    l.ordered_at = f.first_ordered_at as is_new_product
from lines as l
inner join firsts as f on l.customer_id = f.customer_id and l.product_id = f.product_id
inner join beginnings as b on l.customer_id = b.customer_id
