-- One row per task, model and metric: how good what is learned from texts was on texts that it had not seen.
with figures as (
    {% for task in ['sentiment', 'intents'] %}
    select
        task,
        model,
        metric,
        value,
        ci_low,
        ci_high,
        texts,
        is_champion,
        run_id,
        evaluated_at
    from {{ ref('int_voice_evaluation__' ~ task) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    f.task,
    f.model,
    f.metric,
    {{ finite('f.value') }} as value,
    {{ finite('f.ci_low') }} as ci_low,
    {{ finite('f.ci_high') }} as ci_high,
    f.texts,
    f.is_champion,
    f.run_id,
    -- of the run that evaluated: a later one may have kept its figures
    f.evaluated_at as as_of
from figures as f
