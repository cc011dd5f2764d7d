{{ config(enabled=reads('olist'), materialized='table') }}
-- One row per order of Olist. The person is the customer_unique_id; what the papers call customer_id is one for each order.
{% call(source) each_source('olist') %}
select
    o.order_id,
    max(o.customer_id) as customer_of_order,
    max(c.customer_unique_id) as customer_id,
    max(o.order_status) as order_status,
    max(o.purchased_at) as purchased_at
from {{ raw_rows('orders', source) }} as o
left join {{ raw_rows('customers', source) }} as c on o.customer_id = c.customer_id and c.row_defect is null
where o.row_defect is null
group by o.order_id
{% endcall %}
