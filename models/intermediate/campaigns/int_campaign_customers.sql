-- One row per campaign and customer of int_campaign_subjects: what they did in its window and in the year before. Whoever was drawn
-- counts, reached or not (intention to treat).
{% set measures = ['orders', 'visits', 'revenue', 'margin', 'costed_revenue'] %}
with done as (
    select
        s.campaign_id,
        s.customer_id,
        {% for measure in measures %}
        sum(case when o.acted_at >= s.opens_at then o.{{ measure }} else 0 end) as {{ measure }},
        sum(case when o.acted_at < s.opens_at then o.{{ measure }} else 0 end) as {{ measure }}_before,
        {% endfor %}
        sum(case when o.acted_at < s.opens_at and o.acted_at >= s.opens_at - interval '90 days' then o.orders end) as orders_90_days,
        sum(case when o.acted_at < s.opens_at and o.acted_at >= s.opens_at - interval '30 days' then o.visits end) as visits_30_days,
        max(case when o.acted_at < s.opens_at and o.orders = 1 then o.acted_at end) as last_ordered_at,
        min(case when o.acted_at < s.opens_at and o.orders = 1 then o.acted_at end) as first_ordered_at
    from {{ ref('int_campaign_subjects') }} as s
    inner join {{ ref('int_customer_acts') }} as o
        on
            s.customer_id = o.customer_id
            and s.opens_at - interval '365 days' <= o.acted_at
            and s.closes_at > o.acted_at
    group by s.campaign_id, s.customer_id
),

touched as (
    select
        campaign_id,
        customer_id,
        sum(cost) as cost
    from {{ ref('int_campaign_people') }}
    where customer_id is not null
    group by campaign_id, customer_id
)

select
    s.kind,
    s.campaign_id,
    s.customer_id,
    s.arm,
    s.variant,
    s.propensity,
    s.opens_at,
    coalesce(g.segment_id, 'rfm: Prospect') as segment_id,
    case
        when s.closes_at <= a.as_of then 1
        else {{ seconds_between('s.opens_at', 'a.as_of') }} / (86400.0 * s.attribution_days)
    end as elapsed_share,
    t.customer_id is not null as is_touched,
    t.cost,
    {% for measure in measures %}
    coalesce(d.{{ measure }}, 0) as {{ measure }},
    coalesce(d.{{ measure }}_before, 0) as {{ measure }}_before,
    {% endfor %}
    coalesce(d.orders_90_days, 0) as orders_90_days,
    coalesce(d.visits_30_days, 0) as visits_30_days,
    {{ whole_days_between('d.last_ordered_at', 's.opens_at') }} as days_since_last_order,
    {{ whole_days_between('d.first_ordered_at', 's.opens_at') }} as days_since_first_order
from {{ ref('int_campaign_subjects') }} as s
inner join {{ ref('stg_as_of') }} as a on s.opens_at <= a.as_of
left join done as d on s.campaign_id = d.campaign_id and s.customer_id = d.customer_id
left join {{ ref('int_campaign_segments') }} as g on s.campaign_id = g.campaign_id and s.customer_id = g.customer_id
left join touched as t on s.campaign_id = t.campaign_id and s.customer_id = t.customer_id
