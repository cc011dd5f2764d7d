-- Orders and money of a customer are those of the identified orders, to the cent.
with order_sums as (
    select
        customer_id,
        count(customer_order_number) as orders,
        sum(gross_revenue) as gross_revenue,
        sum(net_revenue) as net_revenue,
        sum(returned_revenue) as returned_revenue,
        {{ sum_if_all_known('gross_margin') }} as gross_margin,
        {{ sum_if_all_known('net_margin') }} as net_margin,
        max(case when customer_order_number is not null then ordered_at end) as last_ordered_at
    from {{ ref('orders') }}
    where customer_id is not null
    group by customer_id
)

select
    coalesce(c.customer_id, o.customer_id) as customer_id,
    c.orders,
    o.orders as orders_summed,
    c.gross_revenue,
    o.gross_revenue as gross_revenue_summed,
    c.net_revenue,
    o.net_revenue as net_revenue_summed
from {{ ref('customers') }} as c
cross join {{ ref('int_zero_margin') }} as z
full outer join order_sums as o on c.customer_id = o.customer_id
where
    c.customer_id is null
    or c.orders <> coalesce(o.orders, 0)
    or c.gross_revenue <> coalesce(o.gross_revenue, 0)
    or c.net_revenue <> coalesce(o.net_revenue, 0)
    or c.returned_revenue <> coalesce(o.returned_revenue, 0)
    or c.gross_margin is distinct from case when o.customer_id is null then z.zero_margin else o.gross_margin end
    or c.net_margin is distinct from case when o.customer_id is null then z.zero_margin else o.net_margin end
    or c.last_ordered_at is distinct from o.last_ordered_at
