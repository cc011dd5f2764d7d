-- One row per customer who is not erased, as wide as shop and CRM tools want it: who it is, what to expect, what to offer.
with offers as (
    select
        r.customer_code,
        {% for rank in range(1, 5) %}
        max(case when r.recommendation_rank = {{ rank }} then p.product_id end) as rec_{{ rank }},
        {% endfor %}
        max(case when r.recommendation_rank = 5 then p.product_id end) as rec_5
    from {{ ref('int_customer_recommendations') }} as r
    inner join {{ ref('int_product_codes') }} as p on r.product_code = p.product_code
    where r.recommendation_rank <= 5
    group by r.customer_code
)

select
    c.customer_id,
    c.has_marketing_consent,
    k.email_sha256,
    k.phone_sha256,
    k.phone_digits_sha256,
    r.rfm_segment,
    r.r_score,
    r.f_score,
    r.m_score,
    g.segment_id,
    n.segment_name,
    coalesce(o.orders, 0) as orders,
    coalesce(o.gross_revenue, 0) as gross_revenue,
    o.last_ordered_at,
    {{ finite('p.purchase_probability') }} as purchase_probability,
    {{ finite('p.churn_probability') }} as churn_probability,
    {{ finite('p.p_alive') }} as p_alive,
    cast(p.predicted_clv_365d as decimal(18, 2)) as predicted_clv_365d,
    {% for rank in range(1, 6) %}
    f.rec_{{ rank }},
    {% endfor %}
    a.as_of
from {{ ref('int_customers') }} as c
cross join {{ ref('stg_as_of') }} as a
left join {{ ref('int_customer_contacts') }} as k on c.customer_id = k.customer_id
left join {{ ref('int_customer_rfm') }} as r on c.customer_id = r.customer_id
left join {{ ref('int_customer_segments') }} as g on c.customer_id = g.customer_id
left join {{ ref('int_segment_names') }} as n on g.segment_id = n.segment_id
left join {{ ref('int_customer_orders') }} as o on c.customer_id = o.customer_id
left join {{ ref('int_customer_predictions') }} as p on c.customer_id = p.customer_id
left join offers as f on c.customer_code = f.customer_code
where not c.is_erased
