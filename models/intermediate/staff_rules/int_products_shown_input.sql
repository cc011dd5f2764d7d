-- One row per product that recommendations know of, as a number: whether lists that are for nobody in particular may show it.
-- What a staff rule in force for everyone keeps out of all lists is as if it could not be had.
select
    i.product_code,
    i.is_available and n.product_id is null as is_available
from {{ ref('int_products_input') }} as i
inner join {{ ref('int_product_codes') }} as c on i.product_code = c.product_code
left join (
    select distinct p.product_id
    from {{ ref('int_staff_rules_in_force') }} as r
    inner join {{ ref('int_staff_rule_products') }} as p on r.rule = p.rule
    where
        r.action = 'never'
        and r.segment is null
) as n on c.product_id = n.product_id
