-- One row per target, model and bin of predicted probabilities, rising: what was predicted, and what share came true.
select
    'product_purchase' as target,
    'bayesian_update' as model,
    c.bin,
    c.recommendations as customers,
    c.predicted,
    c.observed,
    c.run_id,
    a.as_of
from {{ ref('int_recommendation_calibration') }} as c
cross join {{ ref('int_as_of') }} as a
