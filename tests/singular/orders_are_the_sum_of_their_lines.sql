-- Lines, revenue and margin of an order are those of its lines, to the cent, and its lines name its customer.
with lines as (
    select
        order_id,
        count(*) as lines,
        sum(gross_revenue) as gross_revenue,
        sum(net_revenue) as net_revenue,
        {{ sum_if_all_known('gross_margin') }} as gross_margin,
        {{ sum_if_all_known('net_margin') }} as net_margin,
        min(customer_id) as customer_id
    from {{ ref('order_lines') }}
    group by order_id
)

select
    coalesce(o.order_id, l.order_id) as order_id,
    o.lines,
    l.lines as lines_summed,
    o.gross_revenue,
    l.gross_revenue as gross_revenue_summed,
    o.net_revenue,
    l.net_revenue as net_revenue_summed
from {{ ref('orders') }} as o
full outer join lines as l on o.order_id = l.order_id
where
    o.lines is distinct from l.lines
    or o.gross_revenue is distinct from l.gross_revenue
    or o.net_revenue is distinct from l.net_revenue
    or o.gross_margin is distinct from l.gross_margin
    or o.net_margin is distinct from l.net_margin
    or o.customer_id is distinct from l.customer_id
