-- One row per day of the shop's calendar, days without activity included; moving averages are null until their window is
-- full. Where orders have no dates nobody knows what was sold on a day.
with session_days as (
    select
        {{ shop_day('started_at') }} as activity_date,
        count(*) as sessions,
        count(distinct visitor_id) as visitors
    from {{ ref('int_sessions') }}
    where not is_bot
    group by 1
),

order_days as (
    select
        {{ shop_day('ordered_at') }} as activity_date,
        count(*) as orders,
        count(distinct customer_id) as ordering_customers,
        sum(gross_revenue) as gross_revenue,
        {{ sum_if_all_known('gross_margin') }} as gross_margin,
        sum(costed_revenue) as costed_revenue
    from {{ ref('int_orders') }}
    where is_sale
    group by 1
),

days as (
    select cast({{ explode(day_series('first_day', 'last_day')) }} as date) as activity_date
    from {{ ref('int_calendar') }}
),

filled as (
    select
        d.activity_date,
        coalesce(s.sessions, 0) as sessions,
        coalesce(s.visitors, 0) as visitors,
        case when k.has_dates then coalesce(o.orders, 0) end as orders,
        case when k.has_dates then coalesce(o.ordering_customers, 0) end as ordering_customers,
        case when k.has_dates then cast(coalesce(o.gross_revenue, 0) as decimal(18, 2)) end as gross_revenue,
        case when o.activity_date is not null then o.gross_margin when k.has_dates then z.zero_margin end as gross_margin,
        {{ ratio('o.costed_revenue', 'o.gross_revenue') }} as costed_revenue_share
    from days as d
    cross join {{ ref('int_zero_margin') }} as z
    cross join {{ ref('int_order_dates') }} as k
    left join session_days as s on d.activity_date = s.activity_date
    left join order_days as o on d.activity_date = o.activity_date
)

select
    f.*,
    cast({{ ratio('gross_revenue', 'orders') }} as decimal(18, 2)) as average_order_value,
    {{ moving_average('sessions', 7) }} as sessions_average_7_days,
    {{ moving_average('sessions', 28) }} as sessions_average_28_days,
    {{ moving_average('orders', 7) }} as orders_average_7_days,
    {{ moving_average('orders', 28) }} as orders_average_28_days,
    cast({{ moving_average('gross_revenue', 7) }} as decimal(18, 2)) as gross_revenue_average_7_days,
    cast({{ moving_average('gross_revenue', 28) }} as decimal(18, 2)) as gross_revenue_average_28_days,
    c.currency
from filled as f
cross join {{ ref('int_currency') }} as c
