-- Each day of the shop's calendar holds every sale and every session of a human that is on it, once: the daily tables, all their
-- channels together, and the days by which metrics are asked. A margin of a day is known where that of all its orders is.
with activity as (
    select
        activity_date,
        orders,
        gross_revenue,
        gross_margin,
        sessions,
        visitors,
        ordering_customers
    from {{ ref('activity_daily') }}
),

funnel as (
    select
        activity_date,
        sum(sessions) as sessions
    from {{ ref('funnel_daily') }}
    group by activity_date
),

sales as (
    select
        order_date as activity_date,
        count(*) as orders,
        sum(gross_revenue) as gross_revenue,
        {{ sum_if_all_known('gross_margin') }} as gross_margin
    from {{ ref('orders') }}
    where is_sale
    group by order_date
),

channels as (
    select
        activity_date,
        sum(sessions) as sessions,
        sum(visitors) as visitors,
        sum(orders) as orders,
        sum(buyers) as buyers,
        sum(gross_revenue) as gross_revenue,
        -- null where the margin of a channel with a sale is
        case when count(*) = count(gross_margin) then sum(gross_margin) end as gross_margin,
        sum(first_touch_orders) as first_touch_orders,
        sum(first_touch_gross_revenue) as first_touch_gross_revenue
    from {{ ref('channels_daily') }}
    group by activity_date
),

visits as (
    select
        session_date as activity_date,
        count(*) as sessions
    from {{ ref('sessions') }}
    where not is_bot
    group by session_date
)

select
    coalesce(a.activity_date, f.activity_date, s.activity_date, v.activity_date) as activity_date,
    a.orders,
    a.gross_revenue,
    a.sessions
from activity as a
full outer join funnel as f on a.activity_date = f.activity_date
full outer join sales as s on coalesce(a.activity_date, f.activity_date) = s.activity_date
full outer join visits as v on coalesce(a.activity_date, f.activity_date, s.activity_date) = v.activity_date
left join channels as h on a.activity_date = h.activity_date
cross join {{ ref('int_calendar') }} as c
where
    coalesce(a.activity_date, f.activity_date, s.activity_date, v.activity_date) >= c.first_day
    and (
        a.activity_date is null
        or a.orders <> coalesce(s.orders, 0)
        or a.gross_revenue <> coalesce(s.gross_revenue, 0)
        or (s.orders > 0 and a.gross_margin is distinct from s.gross_margin)
        or a.sessions <> coalesce(v.sessions, 0)
        or coalesce(f.sessions, 0) <> coalesce(v.sessions, 0)
        or coalesce(h.sessions, 0) <> a.sessions
        or coalesce(h.visitors, 0) <> a.visitors
        or coalesce(h.orders, 0) <> a.orders
        or coalesce(h.first_touch_orders, 0) <> a.orders
        or coalesce(h.buyers, 0) <> a.ordering_customers
        or coalesce(h.gross_revenue, 0) <> a.gross_revenue
        or coalesce(h.first_touch_gross_revenue, 0) <> a.gross_revenue
        or (h.orders > 0 and h.gross_margin is distinct from a.gross_margin)
    )
