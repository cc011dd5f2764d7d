-- One row per strategy, item and position: how often that was shown and clicked. An item is a product that a strategy showed on
-- an occasion to people of one kind: whose favourite department it was of, whose it was not, of whom nothing was known. What
-- stood at no known position is left out.
with of_kinds as (
    select
        coalesce(t.strategy_code, 0) as strategy_code,
        s.occasion_code,
        s.product_code,
        case
            when c.department_code is null or d.department_code is null then 0
            when c.department_code = d.department_code then 2
            else 1
        end as kind_code,
        s.position,
        s.is_clicked
    from {{ ref('int_shown_products') }} as s
    left join {{ ref('int_shown_strategies') }} as t on s.strategy = t.strategy
    left join {{ ref('int_policy_contexts') }} as c
        on s.person_code = c.person_code and s.context_age_days = c.context_age_days
    left join {{ ref('int_policy_departments') }} as d on s.product_code = d.product_code
    where s.position >= 1
),

items as (
    select
        strategy_code,
        occasion_code,
        product_code,
        kind_code,
        position,
        count(*) as impressions,
        count(*) filter (where is_clicked) as clicks
    from of_kinds
    group by strategy_code, occasion_code, product_code, kind_code, position
)

select
    strategy_code,
    dense_rank() over (
        order by
            strategy_code asc nulls last,
            occasion_code asc nulls last,
            product_code asc nulls last,
            kind_code asc nulls last
    ) as item_code,
    position,
    impressions,
    clicks
from items
