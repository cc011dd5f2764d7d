-- One row per audience and customer in it at as_of: audiences by rules, RFM cells and behaviour segments.
{% set measures = [
    'orders', 'gross_revenue', 'gross_revenue_share_below', 'days_since_first_order', 'days_since_last_order',
    'days_to_next_order', 'purchase_probability', 'churn_probability', 'p_alive', 'predicted_clv_365d',
    'predicted_clv_share_below', 'open_cart_products', 'sessions', 'unhappy_texts_90d', 'open_messages',
] %}
with judged as (
    select
        r.audience,
        m.customer_id,
        r.at_least,
        r.at_most,
        case r.measure
            {% for measure in measures %}
            when '{{ measure }}' then m.{{ measure }}
            {% endfor %}
        end as measured
    from {{ ref('int_customer_measures') }} as m
    cross join {{ ref('audience_rules') }} as r
),

by_rules as (
    select
        audience,
        customer_id
    from judged
    group by audience, customer_id
    having
        bool_and(
            measured is not null
            and measured >= coalesce(at_least, measured)
            and measured <= coalesce(at_most, measured)
        )
)

select
    audience,
    customer_id
from by_rules
union all
select
    'rfm: ' || r.rfm_segment as audience,
    r.customer_id
from {{ ref('int_customer_rfm') }} as r
inner join {{ ref('int_customer_measures') }} as m on r.customer_id = m.customer_id
where r.rfm_segment is not null
union all
select
    'segment: ' || s.segment_id as audience,
    s.customer_id
from {{ ref('int_customer_segments') }} as s
inner join {{ ref('int_customer_measures') }} as m on s.customer_id = m.customer_id
union all
-- whom a campaign like it is shown to move
select
    'uplift: ' || u.campaign_id || '/' || u.variant as audience,
    u.customer_id
from {{ ref('int_customer_uplift') }} as u
where u.ci_low > 0
