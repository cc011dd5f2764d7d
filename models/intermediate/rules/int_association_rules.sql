-- One row per association rule, with its products as lists of numbers, best first.
with rules as (
    select
        run_id,
        {{ explode('rules') }} as rule
    from {{ ref('ml_association_rules') }}
)

select
    'R' || lpad(cast(r.rule.rule_code as string), 10, '0') as rule_id,
    r.rule.antecedent as antecedent_codes,
    r.rule.consequent as consequent_codes,
    cast(r.rule.antecedent_length as int) as antecedent_length,
    cast(r.rule.consequent_length as int) as consequent_length,
    cast(r.rule.support_count as bigint) as support_count,
    r.rule.support,
    r.rule.confidence,
    r.rule.lift,
    r.rule.leverage,
    r.rule.conviction,
    r.rule.zhangs_metric,
    r.rule.jaccard,
    r.run_id
from rules as r
