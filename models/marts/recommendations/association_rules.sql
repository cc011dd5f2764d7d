-- One row per rule "who buys the antecedent also buys the consequent".
with sides as (
    select
        i.rule_id,
        i.side,
        {{ json_set('i.product_id') }} as products,
        {{ joined_text('p.product_name', 'i.product_id') }} as names
    from {{ ref('int_association_rule_items') }} as i
    inner join {{ ref('int_products') }} as p on i.product_id = p.product_id
    group by i.rule_id, i.side
)

select
    r.rule_id,
    l.products as antecedent,
    c.products as consequent,
    l.names as antecedent_names,
    c.names as consequent_names,
    {{ rule_measures('r') }},
    r.run_id,
    a.as_of
from {{ ref('int_association_rules') }} as r
inner join sides as l on r.rule_id = l.rule_id and l.side = 'antecedent'
inner join sides as c on r.rule_id = c.rule_id and c.side = 'consequent'
cross join {{ ref('stg_as_of') }} as a
