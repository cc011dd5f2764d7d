-- One row per audience, window of the past, scope, strategy, metric and length of list: how good the lists were.
select
    'customers' as audience,
    time_window,
    cut_at,
    scope,
    strategy,
    metric,
    k,
    value,
    ci_low,
    ci_high,
    customers,
    is_champion,
    run_id,
    as_of
from {{ ref('int_recommendation_evaluation') }}
