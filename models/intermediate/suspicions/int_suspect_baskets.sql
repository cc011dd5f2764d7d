-- One row per order of a suspect customer: a basket that teaches nothing.
select o.order_id as basket_id
from {{ ref('int_orders') }} as o
semi join {{ ref('int_suspect_customers') }} as q on o.customer_id = q.customer_id
