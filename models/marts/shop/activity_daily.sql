-- One row per day of the shop from its first to that of as_of, days without activity included; moving averages are null
-- until their window is full.
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
        sum(gross_revenue) as gross_revenue
    from {{ ref('int_orders') }}
    where is_sale
    group by 1
),

bounds as (
    select
        least((select min(activity_date) from session_days), (select min(activity_date) from order_days)) as first_day,
        {{ shop_day('a.as_of') }} as last_day
    from {{ ref('int_as_of') }} as a
),

days as (
    select cast({{ explode(day_series('first_day', 'last_day')) }} as date) as activity_date
    from bounds
),

filled as (
    select
        d.activity_date,
        coalesce(s.sessions, 0) as sessions,
        coalesce(s.visitors, 0) as visitors,
        coalesce(o.orders, 0) as orders,
        coalesce(o.ordering_customers, 0) as ordering_customers,
        cast(coalesce(o.gross_revenue, 0) as decimal(18, 2)) as gross_revenue
    from days as d
    left join session_days as s on d.activity_date = s.activity_date
    left join order_days as o on d.activity_date = o.activity_date
)

select
    *,
    cast({{ ratio('gross_revenue', 'orders') }} as decimal(18, 2)) as average_order_value,
    {{ moving_average('sessions', 7) }} as sessions_average_7_days,
    {{ moving_average('sessions', 28) }} as sessions_average_28_days,
    {{ moving_average('orders', 7) }} as orders_average_7_days,
    {{ moving_average('orders', 28) }} as orders_average_28_days,
    cast({{ moving_average('gross_revenue', 7) }} as decimal(18, 2)) as gross_revenue_average_7_days,
    cast({{ moving_average('gross_revenue', 28) }} as decimal(18, 2)) as gross_revenue_average_28_days
from filled
