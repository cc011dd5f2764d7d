-- One row per rule "who buys from the antecedent categories also buys from the consequent".
with sides as (
    select
        i.rule_id,
        i.side,
        {{ json_set('i.category') }} as categories,
        {{ joined_text('i.category', 'i.category') }} as names
    from {{ ref('int_category_rule_items') }} as i
    group by i.rule_id, i.side
)

select
    r.rule_id,
    l.categories as antecedent,
    c.categories as consequent,
    l.names as antecedent_names,
    c.names as consequent_names,
    {{ rule_measures('r') }},
    r.run_id,
    a.as_of
from {{ ref('int_category_rules') }} as r
inner join sides as l on r.rule_id = l.rule_id and l.side = 'antecedent'
inner join sides as c on r.rule_id = c.rule_id and c.side = 'consequent'
cross join {{ ref('stg_as_of') }} as a
