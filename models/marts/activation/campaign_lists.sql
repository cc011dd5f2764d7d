-- One row per campaign that is on and customer whom this project has drawn for it: whom to write to and whom to leave alone,
-- with what a mail tool shows.
{% set names = {'product_id': 'id', 'product_name': 'name', 'price': 'price', 'product_url': 'url', 'image_url': 'image_url'} %}
with offers as (
    select
        r.customer_code,
        {% for rank in range(1, 6) %}
        {% for column, name in names.items() %}
        max(case when r.recommendation_rank = {{ rank }} then p.{{ column }} end) as product_{{ rank }}_{{ name }},
        {% endfor %}
        {% endfor %}
        max(r.recommendation_rank) as products
    from {{ ref('int_customer_recommendations') }} as r
    inner join {{ ref('int_product_codes') }} as d on r.product_code = d.product_code
    inner join {{ ref('int_products') }} as p on d.product_id = p.product_id
    where r.recommendation_rank <= 5
    group by r.customer_code
)

select
    d.campaign_id,
    d.customer_id,
    c.campaign_name,
    c.channel,
    c.offer,
    d.audience,
    d.arm,
    d.variant,
    d.propensity,
    d.arm = 'treatment' and (coalesce(k.email_sha256, k.phone_sha256) is not null or not c.needs_consent) as is_to_be_sent,
    k.email_sha256,
    k.phone_sha256,
    k.phone_digits_sha256,
    g.rfm_segment,
    {% for rank in range(1, 6) %}
    {% for name in names.values() %}
    o.product_{{ rank }}_{{ name }},
    {% endfor %}
    {% endfor %}
    d.assigned_at,
    a.as_of
from {{ ref('int_all_assignments') }} as d
cross join {{ ref('stg_as_of') }} as a
inner join {{ ref('int_campaigns') }} as c on d.campaign_id = c.campaign_id and a.as_of < c.ends_at
inner join {{ ref('int_customers') }} as u on d.customer_id = u.customer_id
left join {{ ref('int_customer_contacts') }} as k on d.customer_id = k.customer_id
left join {{ ref('int_customer_rfm') }} as g on d.customer_id = g.customer_id
left join offers as o on u.customer_code = o.customer_code
where
    d.drawn_by = 'project'
    and (u.has_marketing_consent or not c.needs_consent)
