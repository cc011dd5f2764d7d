-- One row per cut, scope, strategy, metric and length of list: how well next clicks were predicted in sessions after the cut.
-- With `evaluate: false` an earlier run's rows stay.
{% if keeps_earlier_evaluation() %}
select * from {{ this }}
{% else %}
with figures as (
    select
        run_id,
        {{ explode('evaluation') }} as figure
    from {{ ref('ml_session_evaluation') }}
)

select
    a.as_of - interval '1 second' * cast(floor(f.figure.cut_age_days * 86400 + 0.5) as bigint) as cut_at,
    f.figure.scope as scope,
    f.figure.strategy as strategy,
    f.figure.metric as metric,
    cast(f.figure.k as int) as k,
    f.figure.value as value,
    f.figure.ci_low as ci_low,
    f.figure.ci_high as ci_high,
    cast(f.figure.customers as bigint) as customers,
    f.figure.is_champion as is_champion,
    f.run_id
from figures as f
cross join {{ ref('stg_as_of') }} as a
{% endif %}
