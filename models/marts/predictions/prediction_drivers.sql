-- One row per customer, target and rank: what moved the answer up or down.
select
    d.customer_id,
    d.target,
    d.driver_rank,
    d.feature,
    {{ finite('d.feature_value') }} as feature_value,
    {{ finite('d.effect') }} as effect,
    d.run_id,
    a.as_of
from {{ ref('int_prediction_drivers') }} as d
cross join {{ ref('stg_as_of') }} as a
