-- One row per target, model and bin of predicted probabilities, rising: what was predicted, and what share came true.
with bins as (
    select
        target,
        model,
        bin,
        customers,
        predicted,
        observed,
        run_id
    from {{ ref('int_prediction_calibration') }}
    union all
    select
        'product_purchase' as target,
        'bayesian_update' as model,
        bin,
        recommendations as customers,
        predicted,
        observed,
        run_id
    from {{ ref('int_recommendation_calibration') }}
)

select
    b.*,
    a.as_of
from bins as b
cross join {{ ref('stg_as_of') }} as a
-- what came true of a handful of people is about those people
where b.customers >= {{ var('min_group_size') }}
