-- One row per customer and day on which the customer bought, as numbers; the day as days of the shop before its last one.
-- Revenue is what is left of it as known now: an order that was taken back in place is worth nothing.
select
    customer_code,
    suspected_age_days,
    age_days,
    orders,
    greatest(net_revenue, 0) as revenue
from {{ ref('int_customer_days_input') }}
where orders > 0
