-- One row per customer with an order: when the first was. What was cancelled is no order.
select
    customer_id,
    min(ordered_at) as first_ordered_at
from {{ ref('int_orders') }}
where
    customer_id is not null
    and order_status <> 'cancelled'
group by customer_id
