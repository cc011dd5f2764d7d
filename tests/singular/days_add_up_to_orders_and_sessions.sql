-- The daily tables hold every sale and every session of a human, once. The calendar holds those of its days; a margin of
-- all days is known where that of all orders is.
with activity as (
    select
        coalesce(sum(orders), 0) as orders,
        coalesce(sum(gross_revenue), 0) as gross_revenue,
        {{ sum_if_all_known('gross_margin') }} as gross_margin,
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
        coalesce(sum(o.gross_revenue), 0) as gross_revenue,
        {{ sum_if_all_known('o.gross_margin') }} as gross_margin
    from {{ ref('orders') }} as o
    inner join {{ ref('int_calendar') }} as c on cast(o.ordered_at as date) >= c.first_day
    where o.is_sale
),

visits as (
    select
        count(*) as sessions,
        count(*) filter (where cast(s.started_at as date) >= c.first_day) as calendar_sessions
    from {{ ref('sessions') }} as s
    cross join {{ ref('int_calendar') }} as c
    where not s.is_bot
)

select *
from activity
cross join funnel
cross join sales
cross join visits
where
    activity.orders <> sales.orders
    or activity.gross_revenue <> sales.gross_revenue
    or activity.gross_margin is distinct from sales.gross_margin
    or activity.sessions <> visits.calendar_sessions
    or funnel.funnel_sessions <> visits.sessions
