-- One row per campaign, variant, segment of customers (`all`: everyone) and metric: the effect of having been drawn for it.
with effects as (
    select
        run_id,
        {{ explode('effects') }} as item
    from {{ ref('ml_campaign_effects') }}
)

select
    e.item.campaign_id as campaign_id,
    e.item.variant as variant,
    e.item.segment_id as segment_id,
    e.item.metric as metric,
    e.item.family as family,
    e.item.customers as customers,
    e.item.control_customers as control_customers,
    e.item.mean as mean,
    e.item.control_mean as control_mean,
    e.item.effect as effect,
    e.item.plain_effect as plain_effect,
    e.item.plain_ci_low as plain_ci_low,
    e.item.plain_ci_high as plain_ci_high,
    e.item.relative_effect as relative_effect,
    e.item.ci_low as ci_low,
    e.item.ci_high as ci_high,
    e.item.relative_ci_low as relative_ci_low,
    e.item.relative_ci_high as relative_ci_high,
    e.item.sequential_ci_low as sequential_ci_low,
    e.item.sequential_ci_high as sequential_ci_high,
    e.item.p_value as p_value,
    e.item.adjusted_p_value as adjusted_p_value,
    e.item.sample_ratio_p_value as sample_ratio_p_value,
    e.item.minimum_detectable_effect as minimum_detectable_effect,
    e.item.minimum_detectable_relative as minimum_detectable_relative,
    e.item.elapsed_share as elapsed_share,
    e.item.method as method,
    e.item.verdict as verdict,
    e.item.finding as finding,
    e.run_id
from effects as e
