-- One row per customer with a sale to a known country: that of the latest order, or where orders have no dates of most.
with orders as (
    select
        customer_id,
        country,
        ordered_at,
        order_id,
        case when ordered_at is null then count(*) over (partition by customer_id, country) end as undated_orders
    from {{ ref('int_orders') }}
    where
        is_sale
        and customer_id is not null
        and country is not null
)

select
    customer_id,
    country
from orders
qualify
    row_number() over (
        partition by customer_id
        order by ordered_at desc nulls last, undated_orders desc nulls last, order_id desc nulls last
    ) = 1
