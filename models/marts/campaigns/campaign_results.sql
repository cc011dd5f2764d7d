-- One row per campaign, variant (`holdout`: who was left alone) and segment (`all`: everyone): what was shown, and what came
-- of it. Small ones are withheld. What would have come anyway is in it too: what the campaign brought is in campaign_effects.
select
    r.campaign_id,
    c.campaign_name,
    c.channel,
    c.starts_at,
    r.variant,
    r.segment_id,
    r.customers,
    r.impressions,
    r.clicks,
    {% for part, whole, rate in [
        ('customers_clicked', 'customers', 'click_rate'),
        ('customers_converted', 'customers', 'conversion_rate'),
        ('customers_unsubscribed', 'customers', 'unsubscribe_rate'),
        ('customers_ordered', 'customers', 'order_rate'),
    ] %}
    r.{{ part }},
    {{ ratio('r.' ~ part, 'r.' ~ whole) }} as {{ rate }},
    {{ wilson('low', 'r.' ~ part, 'r.' ~ whole) }} as {{ rate }}_low,
    {{ wilson('high', 'r.' ~ part, 'r.' ~ whole) }} as {{ rate }}_high,
    {% endfor %}
    r.conversions,
    r.conversions_from,
    r.orders_after,
    {% for amount in ['revenue', 'margin', 'revenue_after', 'margin_after'] %}
    r.{{ amount }},
    {{ ratio('r.' ~ amount, 'r.customers') }} as {{ amount }}_per_customer,
    {{ mean_end('low', 'r.' ~ amount, 'r.' ~ amount ~ '_squared', 'r.customers') }} as {{ amount }}_per_customer_low,
    {{ mean_end('high', 'r.' ~ amount, 'r.' ~ amount ~ '_squared', 'r.customers') }} as {{ amount }}_per_customer_high,
    {% endfor %}
    r.costed_revenue_share,
    r.touch_cost as cost,
    {{ ratio('r.satisfaction', 'r.answers') }} as satisfaction,
    {{ mean_end('low', 'r.satisfaction', 'r.satisfaction_squared', 'r.answers') }} as satisfaction_low,
    {{ mean_end('high', 'r.satisfaction', 'r.satisfaction_squared', 'r.answers') }} as satisfaction_high,
    r.answers,
    a.as_of
from {{ ref('int_campaign_results') }} as r
cross join {{ ref('stg_as_of') }} as a
inner join {{ ref('int_campaigns') }} as c on r.campaign_id = c.campaign_id
where r.customers >= {{ var('min_group_size') }}
