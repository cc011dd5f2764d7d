-- One row per campaign and variant whose effect on single customers was learned, and customer that nobody learned from: whether
-- the ranking has them in its first half, and what came of what they were drawn for; as numbers.
with judged as (
    select {{ explode('halves') }} as item
    from {{ ref('ml_customer_uplift') }}
)

select
    o.occasion_code as campaign_code,
    v.variant_code,
    c.success_metric as metric,
    j.item.customer_code as customer_code,
    j.item.is_treated as is_treated,
    j.item.is_first_half as is_first_half,
    j.item.propensity as propensity,
    j.item.outcome as outcome,
    j.item.if_treated as if_treated,
    j.item.if_not as if_not
from judged as j
inner join {{ ref('int_campaigns') }} as c on j.item.campaign_id = c.campaign_id
inner join {{ ref('int_policy_occasions') }} as o on c.campaign_id = o.campaign_id
inner join {{ ref('int_policy_variants') }} as v on c.campaign_id = v.campaign_id and j.item.variant = v.variant
