-- Both sides of a rule are frequent at least as often as the rule holds, and its confidence and lift follow from them.
with with_sides as (
    select
        r.rule_id,
        r.support_count,
        r.support,
        r.confidence,
        r.lift,
        a.support_count as antecedent_count,
        c.support_count as consequent_count,
        c.support as consequent_support
    from {{ ref('association_rules') }} as r
    left join {{ ref('frequent_itemsets') }} as a on r.antecedent = a.itemset
    left join {{ ref('frequent_itemsets') }} as c on r.consequent = c.itemset
)

select *
from with_sides
where
    antecedent_count is null
    or consequent_count is null
    or support_count > least(antecedent_count, consequent_count)
    or abs(confidence - {{ ratio('support_count', 'antecedent_count') }}) > 1e-9
    or abs(lift * consequent_support - confidence) > 1e-9
