-- One row per rule, side and product.
with codes as (
    select
        rule_id,
        'antecedent' as side,
        {{ explode('antecedent_codes') }} as product_code
    from {{ ref('int_association_rules') }}
    union all
    select
        rule_id,
        'consequent' as side,
        {{ explode('consequent_codes') }} as product_code
    from {{ ref('int_association_rules') }}
)

select
    c.rule_id,
    c.side,
    k.product_id
from codes as c
inner join {{ ref('int_product_codes') }} as k on c.product_code = k.product_code
