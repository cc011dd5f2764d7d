{{ config(materialized='view') }}
-- One row per campaign and customer who was drawn for it: by what it is judged (y_) and what they did before that goes with it
-- (x_), its weight and with whom it is compared: the holdout, or without one the first variant.
with arms as (
    select
        campaign_id,
        min(variant) as first_variant,
        count(*) filter (where arm = 'control') > 0 as has_control
    from {{ ref('int_campaign_customers') }}
    where kind = 'drawn'
    group by campaign_id
),

weights as (
    select
        campaign_id,
        coalesce(variant, '') as of_variant,
        min(propensity) < max(propensity) as differs,
        count(propensity) = count(*) as is_known,
        -- decimals add up to the same in any order
        count(*) / nullif(sum(cast(1 / nullif(propensity, 0) as decimal(28, 10))), 0) as scale
    from {{ ref('int_campaign_customers') }}
    where kind = 'drawn'
    group by campaign_id, coalesce(variant, '')
)

select
    u.campaign_id,
    u.customer_id,
    u.segment_id,
    u.elapsed_share,
    u.is_touched,
    coalesce(u.variant, '') as variant,
    case when r.has_control then '' else r.first_variant end as baseline,
    case when v.is_known and not v.differs then u.propensity end as planned_share,
    coalesce(v.is_known and v.differs, false) as has_weights,
    case when v.is_known and v.differs then v.scale / nullif(u.propensity, 0) else 1.0 end as weight,
    {% for metric in campaign_metrics() %}
    u.y_{{ metric }},
    {% endfor %}
    least(u.orders_before, 1) as x_conversion,
    u.orders_before as x_orders,
    u.revenue_before as x_revenue,
    u.revenue_before as x_margin,
    u.revenue_before as x_profit,
    least(u.visits_before, 1) as x_visits
from {{ ref('int_campaign_yields') }} as u
inner join arms as r on u.campaign_id = r.campaign_id
inner join weights as v on u.campaign_id = v.campaign_id and coalesce(u.variant, '') = v.of_variant
where u.kind = 'drawn'
