-- One row per campaign and variant that is compared with another or with the holdout: how many customers both have, the probability of
-- the variant among them, and whether its window has closed.
with arms as (
    select
        campaign_id,
        variant,
        baseline,
        cast(sum(customers) as bigint) as customers,
        min(planned_share) as planned_share,
        sum(elapsed) >= sum(customers) as is_closed
    from {{ ref('int_campaign_sums') }}
    group by campaign_id, variant, baseline
)

select
    v.campaign_id,
    v.variant,
    v.baseline,
    v.customers + b.customers as customers,
    coalesce(
        v.planned_share / (v.planned_share + b.planned_share), {{ ratio('v.customers', 'v.customers + b.customers') }}
    ) as propensity,
    v.is_closed and b.is_closed as is_closed
from arms as v
inner join arms as b on v.campaign_id = b.campaign_id and v.baseline = b.variant and v.baseline <> v.variant
