-- One row per window of the past, target, model and metric: how good the answers were.
select
    e.cut_at,
    e.target,
    e.model,
    e.metric,
    {{ finite('e.value') }} as value,
    {{ finite('e.ci_low') }} as ci_low,
    {{ finite('e.ci_high') }} as ci_high,
    e.customers,
    e.is_champion,
    e.run_id,
    -- of the run that evaluated: a later one may have kept its figures
    e.evaluated_at as as_of
from {{ ref('int_prediction_evaluation') }} as e
