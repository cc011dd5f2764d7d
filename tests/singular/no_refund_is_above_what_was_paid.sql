{{ config(severity='warn') }}
-- An order does not give back more than was paid for it. Credit notes that are orders of their own cannot be compared.
select
    o.order_id,
    o.net_revenue
from {{ ref('int_orders') }} as o
where
    o.net_revenue < 0
    and exists (select 1 from {{ ref('int_order_lines') }} as l where l.order_id = o.order_id and l.quantity > 0)
