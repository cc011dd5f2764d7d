-- One row per campaign, variant and way to say who reacts: how much better than chance it orders customers it has not seen.
with figures as (
    select
        run_id,
        {{ explode('evaluation') }} as item
    from {{ ref('ml_customer_uplift') }}
)

select
    f.item.campaign_id as campaign_id,
    f.item.variant as variant,
    f.item.learner as learner,
    f.item.metric as metric,
    {{ finite('f.item.value') }} as value,
    {{ finite('f.item.ci_low') }} as ci_low,
    {{ finite('f.item.ci_high') }} as ci_high,
    f.item.customers as customers,
    f.item.is_champion as is_champion,
    f.run_id,
    a.as_of
from figures as f
cross join {{ ref('stg_as_of') }} as a
where f.item.customers >= {{ var('min_group_size') }}
