-- One row per level, group, measure, period and its first day: what the next weeks bring. Products are forecast by week.
{% set figures = ['forecast', 'low_80', 'high_80', 'low_95', 'high_95'] %}
with forecasts as (
    select
        run_id,
        {{ explode('forecasts') }} as item
    from {{ ref('ml_demand_forecast') }}
),

products as (
    select
        run_id,
        {{ explode('products') }} as item
    from {{ ref('ml_demand_forecast') }}
),

named as (
    select
        g.level,
        g.group_id as id,
        f.item.measure as measure,
        f.item.period as period,
        f.item.days_ahead as days_ahead,
        {% for figure in figures %}
        f.item.{{ figure }} as {{ figure }},
        {% endfor %}
        f.item.model as model,
        f.run_id
    from forecasts as f
    inner join {{ ref('int_demand_groups') }} as g on f.item.level = g.level and f.item.group_code = g.group_code
    union all
    select
        'product' as level,
        c.product_id as id,
        p.item.measure as measure,
        'week' as period,
        p.item.days_ahead as days_ahead,
        {% for figure in figures %}
        p.item.{{ figure }} as {{ figure }},
        {% endfor %}
        p.item.model as model,
        p.run_id
    from products as p
    inner join {{ ref('int_product_codes') }} as c on p.item.product_code = c.product_code
)

select
    n.level,
    n.id,
    n.measure,
    n.period,
    cast(u.last_whole_day + interval '1 day' * n.days_ahead as date) as period_start,
    {% for figure in figures %}
    {{ finite('n.' ~ figure) }} as {{ figure }},
    {% endfor %}
    n.model,
    n.run_id,
    a.as_of
from named as n
cross join {{ ref('int_demand_until') }} as u
cross join {{ ref('stg_as_of') }} as a
