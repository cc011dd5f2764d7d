-- One row per campaign and customer of int_campaign_subjects: what they did in its window, and before. Nobody is left out,
-- reached or not (intention to treat).
with within as (
    select
        s.kind,
        s.campaign_id,
        s.customer_id,
        sum(o.orders) as orders,
        sum(o.visits) as visits,
        sum(o.revenue) as revenue,
        sum(o.margin) as margin,
        sum(o.costed_revenue) as costed_revenue
    from {{ ref('int_campaign_subjects') }} as s
    inner join {{ ref('int_customer_acts') }} as o
        on s.customer_id = o.customer_id and s.opens_at <= o.acted_at and s.closes_at > o.acted_at
    group by s.kind, s.campaign_id, s.customer_id
),

before as (
    select
        s.kind,
        s.campaign_id,
        s.customer_id,
        count(*) filter (where o.orders = 1) as orders,
        count(*) filter (where o.visits = 1) as visits,
        sum(o.revenue) as revenue,
        count(*) filter (where o.orders = 1 and o.acted_at >= s.opens_at - interval '90 days') as orders_90_days,
        count(*) filter (where o.visits = 1 and o.acted_at >= s.opens_at - interval '30 days') as visits_30_days,
        bit_or(o.kinds) as kinds,
        max(o.acted_at) filter (where o.orders = 1) as last_ordered_at,
        min(o.acted_at) filter (where o.orders = 1) as first_ordered_at
    from {{ ref('int_campaign_subjects') }} as s
    inner join {{ ref('int_customer_acts') }} as o on s.customer_id = o.customer_id and s.opens_at > o.acted_at
    group by s.kind, s.campaign_id, s.customer_id
)

select
    s.kind,
    s.campaign_id,
    s.customer_id,
    -- narrow numbers: engines add them up several times as fast as those of 38 digits
    {% for measure in ['orders', 'visits'] %}
    cast(coalesce(w.{{ measure }}, 0) as bigint) as {{ measure }},
    {% endfor %}
    {% for measure in ['revenue', 'margin', 'costed_revenue'] %}
    cast(coalesce(w.{{ measure }}, 0) as decimal(18, 2)) as {{ measure }},
    {% endfor %}
    {% for measure in ['orders', 'visits', 'kinds'] %}
    coalesce(b.{{ measure }}, 0) as {{ measure }}_before,
    {% endfor %}
    cast(coalesce(b.revenue, 0) as decimal(18, 2)) as revenue_before,
    coalesce(b.orders_90_days, 0) as orders_90_days,
    coalesce(b.visits_30_days, 0) as visits_30_days,
    {{ whole_days_between('b.last_ordered_at', 's.opens_at') }} as days_since_last_order,
    {{ whole_days_between('b.first_ordered_at', 's.opens_at') }} as days_since_first_order
from {{ ref('int_campaign_subjects') }} as s
left join within as w on s.kind = w.kind and s.campaign_id = w.campaign_id and s.customer_id = w.customer_id
left join before as b on s.kind = b.kind and s.campaign_id = b.campaign_id and s.customer_id = b.customer_id
