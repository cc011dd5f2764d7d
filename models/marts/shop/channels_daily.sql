-- One row per day of the shop and channel on which there was a visit, a sale or a cost. Sums over the channels of a day are the
-- shop's.
with last_touch as (
    select * from {{ ref('int_channel_orders_daily') }} where touch = 'last'
),

first_touch as (
    select * from {{ ref('int_channel_orders_daily') }} where touch = 'first'
),

days as (
    select n.activity_date, n.channel
    from (
        select activity_date, channel from {{ ref('int_channel_sessions_daily') }}
        union
        select activity_date, channel from {{ ref('int_channel_orders_daily') }}
    ) as n
    cross join {{ ref('int_calendar') }} as k
    where n.activity_date between k.first_day and k.last_day
    union
    select cost_date as activity_date, channel from {{ ref('int_channel_costs') }}
),

filled as (
    select
        d.activity_date,
        d.channel,
        coalesce(s.sessions, 0) as sessions,
        coalesce(s.visitors, 0) as visitors,
        coalesce(s.converted_sessions, 0) as converted_sessions,
        coalesce(s.agent_sessions, 0) as agent_sessions,
        {% for touch, prefix in [('l', ''), ('f', 'first_touch_')] %}
        {% for count in ['orders', 'buyers', 'new_customers'] %}
        coalesce({{ touch }}.{{ count }}, 0) as {{ prefix }}{{ count }},
        {% endfor %}
        cast(coalesce({{ touch }}.gross_revenue, 0) as decimal(18, 2)) as {{ prefix }}gross_revenue,
        case when {{ touch }}.channel is null then z.zero_margin else {{ touch }}.gross_margin end as {{ prefix }}gross_margin,
        {% endfor %}
        c.cost
    from days as d
    cross join {{ ref('int_zero_margin') }} as z
    left join {{ ref('int_channel_sessions_daily') }} as s on d.activity_date = s.activity_date and d.channel = s.channel
    left join last_touch as l on d.activity_date = l.activity_date and d.channel = l.channel
    left join first_touch as f on d.activity_date = f.activity_date and d.channel = f.channel
    left join {{ ref('int_channel_costs') }} as c on d.activity_date = c.cost_date and d.channel = c.channel
),

with_profit as (
    select
        *,
        cast(gross_margin - coalesce(cost, 0) as decimal(18, 2)) as profit,
        cast(first_touch_gross_margin - coalesce(cost, 0) as decimal(18, 2)) as first_touch_profit
    from filled
)

select
    p.*,
    {{ ratio('p.profit', 'p.cost') }} as return_on_cost,
    {{ ratio('p.first_touch_profit', 'p.cost') }} as first_touch_return_on_cost,
    k.currency
from with_profit as p
cross join {{ ref('int_currency') }} as k
