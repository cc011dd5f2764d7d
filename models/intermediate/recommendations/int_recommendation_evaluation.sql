-- One row per window of the past, scope, strategy, metric and length of list. With `evaluate: false` an earlier run's
-- rows stay.
{% if keeps_earlier_evaluation() %}
select * from {{ this }}
{% else %}
with figures as (
    select
        run_id,
        {{ explode('evaluation') }} as item
    from {{ ref('ml_recommendation_evaluation') }}
)

select
    f.item.time_window as time_window,
    {{ shop_cut_at('a.last_day', 'f.item.cut_age_days') }} as cut_at,
    f.item.scope as scope,
    f.item.strategy as strategy,
    f.item.metric as metric,
    f.item.k as k,
    f.item.value as value,
    f.item.ci_low as ci_low,
    f.item.ci_high as ci_high,
    f.item.customers as customers,
    f.item.is_champion as is_champion,
    f.run_id,
    {{ evaluation_origin() }}
from figures as f
cross join {{ ref('stg_as_of') }} as a
{% endif %}
