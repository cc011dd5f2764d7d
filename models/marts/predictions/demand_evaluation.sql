-- One row per level, measure, model and metric: how good forecasts were, each made of what was known at its day.
with figures as (
    select
        run_id,
        {{ explode('evaluation') }} as item
    from {{ ref('ml_demand_forecast') }}
)

select
    f.item.level as level,
    f.item.measure as measure,
    f.item.model as model,
    f.item.metric as metric,
    {{ finite('f.item.value') }} as value,
    {{ finite('f.item.ci_low') }} as ci_low,
    {{ finite('f.item.ci_high') }} as ci_high,
    f.item.windows as windows,
    f.item.is_champion as is_champion,
    f.run_id,
    a.as_of
from figures as f
cross join {{ ref('stg_as_of') }} as a
