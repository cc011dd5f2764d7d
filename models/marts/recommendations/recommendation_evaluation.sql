-- One row per audience, window of the past, scope, strategy, metric and length of list: how good the lists were.
with of_sessions as (
    select
        *,
        dense_rank() over (order by cut_at desc nulls last) as windows_back
    from {{ ref('int_session_recommendation_evaluation') }}
),

figures as (
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
        evaluated_at
    from {{ ref('int_recommendation_evaluation') }}
    union all
    select
        'sessions' as audience,
        case windows_back when 1 then 'reporting' when 2 then 'choosing_2' else 'choosing_1' end as time_window,
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
        evaluated_at
    from of_sessions
)

select
    f.audience,
    f.time_window,
    f.cut_at,
    f.scope,
    f.strategy,
    f.metric,
    f.k,
    -- what a handful of people did is about those people
    case when f.customers >= {{ var('min_group_size') }} then f.value end as value,
    case when f.customers >= {{ var('min_group_size') }} then f.ci_low end as ci_low,
    case when f.customers >= {{ var('min_group_size') }} then f.ci_high end as ci_high,
    f.customers,
    f.is_champion,
    f.run_id,
    -- of the run that evaluated: a later one may have kept its figures
    f.evaluated_at as as_of
from figures as f
