-- The daily tables hold every sale and every session of a human, once.
with activity as (
    select
        coalesce(sum(orders), 0) as orders,
        coalesce(sum(gross_revenue), 0) as gross_revenue,
        coalesce(sum(sessions), 0) as sessions
    from {{ ref('activity_daily') }}
),

funnel as (
    select coalesce(sum(sessions), 0) as funnel_sessions
    from {{ ref('funnel_daily') }}
),

sales as (
    select
        count(*) as orders,
        coalesce(sum(o.gross_revenue), 0) as gross_revenue
    from {{ ref('orders') }} as o
    inner join (select distinct order_id from {{ ref('int_orders') }} where is_sale) as s on o.order_id = s.order_id
),

visits as (
    select count(*) as sessions
    from {{ ref('sessions') }}
    where not is_bot
)

select *
from activity
cross join funnel
cross join sales
cross join visits
where
    activity.orders <> sales.orders
    or activity.gross_revenue <> sales.gross_revenue
    or activity.sessions <> visits.sessions
    or funnel.funnel_sessions <> visits.sessions
