-- One row per campaign and variant whose window has closed and customer who was drawn for it or for what it is compared with:
-- how they reacted, by what the campaign is judged, and what was known of them before. Of many customers a part, drawn apart
-- from the arms.
select
    p.campaign_id,
    p.variant,
    k.customer_code,
    m.variant = p.variant as is_treated,
    p.propensity,
    cast(case c.success_metric
        {% for metric in campaign_metrics() %}
        when '{{ metric }}' then m.y_{{ metric }}
        {% endfor %}
    end as double) as outcome,
    {{ campaign_features('u', 'k') }}
from {{ ref('int_campaign_pairs') }} as p
inner join {{ ref('int_campaign_measures') }} as m
    on p.campaign_id = m.campaign_id and (p.variant = m.variant or p.baseline = m.variant)
inner join {{ ref('int_campaigns') }} as c on p.campaign_id = c.campaign_id
inner join {{ ref('int_campaign_customers') }} as u on m.campaign_id = u.campaign_id and m.customer_id = u.customer_id
inner join {{ ref('int_customers') }} as k on m.customer_id = k.customer_id
where
    p.is_closed
    -- by what the campaign is judged may not be known, such as a profit without a cost
    and case c.success_metric
        {% for metric in campaign_metrics() %}
        when '{{ metric }}' then m.y_{{ metric }} is not null
        {% endfor %}
    end
    and {{ holdout_draw("('uplift of ' || p.campaign_id)", 'm.customer_id') }}
    < case when m.variant = p.variant then p.learned_share else p.learned_share_of_baseline end
