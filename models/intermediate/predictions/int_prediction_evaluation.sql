-- One row per window of the past, target, model and metric. With `evaluate: false` an earlier run's rows stay.
{% if keeps_earlier_evaluation() %}
select * from {{ this }}
{% else %}
with figures as (
    {% for model in ['ml_purchase_evaluation', 'ml_value_evaluation'] %}
    select
        run_id,
        {{ explode('evaluation') }} as item
    from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    {{ shop_cut_at('a.last_day', 'f.item.cut_age_days') }} as cut_at,
    f.item.target as target,
    f.item.model as model,
    f.item.metric as metric,
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
