-- One row per model and metric: how good sentiment was out of time. With `evaluate: false` an earlier run's rows stay.
{% if keeps_earlier_evaluation() %}
select * from {{ this }}
{% else %}
with figures as (
    select
        run_id,
        {{ explode('evaluation') }} as item
    from {{ ref('ml_review_voice') }}
)

select
    'sentiment' as task,
    f.item.model as model,
    f.item.metric as metric,
    f.item.value as value,
    f.item.ci_low as ci_low,
    f.item.ci_high as ci_high,
    f.item.texts as texts,
    f.item.is_champion as is_champion,
    f.run_id,
    {{ evaluation_origin() }}
from figures as f
{% endif %}
