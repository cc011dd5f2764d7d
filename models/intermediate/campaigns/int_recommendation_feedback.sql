-- One row per strategy and position (0: all of them together): what was shown there, to how many, and what came of it.
with shown as (
    select
        coalesce(t.strategy_code, 0) as strategy_code,
        s.position,
        s.person_code,
        s.is_clicked,
        s.is_converted
    from {{ ref('int_shown_products') }} as s
    left join {{ ref('int_shown_strategies') }} as t on s.strategy = t.strategy
    where s.position >= 1
)

{% for position, keys in [('position', 'strategy_code, position'), ('0', 'strategy_code')] %}
select
    strategy_code,
    cast({{ position }} as bigint) as position,
    count(*) as impressions,
    count(*) filter (where is_clicked) as clicks,
    count(*) filter (where is_converted) as conversions,
    count(distinct person_code) as people
from shown
group by {{ keys }}
{{ 'union all' if not loop.last }}
{% endfor %}
