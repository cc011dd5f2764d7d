-- One row per rule, side and product.
select
    i.rule_id,
    i.side,
    i.product_id,
    r.run_id,
    a.as_of
from {{ ref('int_association_rule_items') }} as i
inner join {{ ref('int_association_rules') }} as r on i.rule_id = r.rule_id
cross join {{ ref('stg_as_of') }} as a
