-- One row per association rule between categories, with both sides as lists of numbers, best first.
with rules as (
    select
        run_id,
        {{ explode('rules') }} as rule
    from {{ ref('ml_category_rules') }}
)

select
    'C' || lpad(cast(r.rule.rule_code as string), 10, '0') as rule_id,
    r.rule.antecedent as antecedent_codes,
    r.rule.consequent as consequent_codes,
    {{ rule_measures('r.rule') }},
    r.run_id
from rules as r
