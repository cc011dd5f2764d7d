{{ config(severity='warn') }}
-- An order does not give back more than was paid for it. Credit notes that are orders of their own cannot be compared.
select
    order_id,
    sum(net_revenue) as net_revenue
from {{ ref('int_order_lines') }}
group by order_id
having
    sum(net_revenue) < 0
    and min(quantity) < 0
    and max(quantity) > 0
