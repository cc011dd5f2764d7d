-- One row per category rule, side and category.
with codes as (
    select
        rule_id,
        'antecedent' as side,
        {{ explode('antecedent_codes') }} as category_code
    from {{ ref('int_category_rules') }}
    union all
    select
        rule_id,
        'consequent' as side,
        {{ explode('consequent_codes') }} as category_code
    from {{ ref('int_category_rules') }}
)

select
    c.rule_id,
    c.side,
    k.category
from codes as c
inner join {{ ref('int_category_codes') }} as k on c.category_code = k.category_code
