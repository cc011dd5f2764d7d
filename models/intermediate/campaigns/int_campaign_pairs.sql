-- One row per campaign and variant that is compared with another or with the holdout: whether its window has closed, which
-- part of both is learned from, drawn apart so that a small holdout is not lost, and the probability of the variant among
-- those.
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
),

pairs as (
    select
        v.campaign_id,
        v.variant,
        v.baseline,
        v.customers,
        b.customers as baseline_customers,
        case when v.planned_share * b.planned_share is not null then v.planned_share else v.customers end as share,
        case when v.planned_share * b.planned_share is not null then b.planned_share else b.customers end as baseline_share,
        v.is_closed and b.is_closed as is_closed,
        -- as many as learn in minutes, of all campaigns together
        least({{ most_compared_customers() }}, 10.0 * {{ most_compared_customers() }} / nullif(count(*) over (), 0)) * 0.5
            as most_of_an_arm
    from arms as v
    inner join arms as b on v.campaign_id = b.campaign_id and v.baseline = b.variant and v.baseline <> v.variant
)

select
    campaign_id,
    variant,
    baseline,
    is_closed,
    least(most_of_an_arm / nullif(customers, 0), 1) as learned_share,
    least(most_of_an_arm / nullif(baseline_customers, 0), 1) as learned_share_of_baseline,
    share * least(most_of_an_arm / nullif(customers, 0), 1) / nullif(
        share * least(most_of_an_arm / nullif(customers, 0), 1)
        + baseline_share * least(most_of_an_arm / nullif(baseline_customers, 0), 1), 0
    ) as propensity
from pairs
