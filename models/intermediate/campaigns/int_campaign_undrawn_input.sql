-- One row per campaign that nobody was drawn for and customer who was shown it or is compared with those who were: what they
-- did in its window, and what was known of them before.
select
    u.campaign_id,
    u.variant,
    u.elapsed_share,
    k.customer_code,
    {% for metric in campaign_metrics() %}
    cast(u.y_{{ metric }} as double) as y_{{ metric }},
    {% endfor %}
    {{ campaign_features('u', 'k') }}
from {{ ref('int_campaign_yields') }} as u
inner join {{ ref('int_customers') }} as k on u.customer_id = k.customer_id
where
    u.kind = 'not drawn'
    and u.treated > 0
