-- One row per level, group, measure, period and its first day: what was forecast four weeks ago, and what came.
with forecasts as (
    select
        run_id,
        {{ explode('past') }} as item
    from {{ ref('ml_demand_forecast') }}
)

select
    g.level,
    g.group_id as id,
    f.item.measure as measure,
    f.item.period as period,
    cast(u.last_whole_day + interval '1 day' * f.item.days_ahead as date) as period_start,
    {{ finite('f.item.forecast') }} as forecast,
    {{ finite('f.item.low_80') }} as low_80,
    {{ finite('f.item.high_80') }} as high_80,
    {{ finite('f.item.low_95') }} as low_95,
    {{ finite('f.item.high_95') }} as high_95,
    {{ finite('f.item.actual') }} as actual,
    f.item.model as model,
    f.run_id,
    a.as_of
from forecasts as f
inner join {{ ref('int_demand_groups') }} as g on f.item.level = g.level and f.item.group_code = g.group_code
cross join {{ ref('int_demand_until') }} as u
cross join {{ ref('stg_as_of') }} as a
