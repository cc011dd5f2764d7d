-- One row per target, model and bin of predicted probabilities, rising: what was predicted, and what share came true.
with bins as (
    select
        target,
        model,
        bin,
        customers,
        predicted,
        observed,
        run_id,
        -- of the run that evaluated: a later one may have kept its figures
        evaluated_at as as_of
    from {{ ref('int_prediction_calibration') }}
    union all
    select
        'product_purchase' as target,
        'bayesian_update' as model,
        bin,
        recommendations as customers,
        predicted,
        observed,
        run_id,
        a.as_of
    from {{ ref('int_recommendation_calibration') }}
    cross join {{ ref('stg_as_of') }} as a
)

select b.*
from bins as b
-- what came true of a handful of people is about those people
where b.customers >= {{ var('min_group_size') }}
