-- One row per customer and day on which the customer bought, as numbers; the day as whole days before as_of.
select
    customer_code,
    age_days,
    orders,
    gross_revenue as revenue
from {{ ref('int_customer_days_input') }}
where orders > 0
