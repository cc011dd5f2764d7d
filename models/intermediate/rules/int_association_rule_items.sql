-- One row per rule, side and product.
with codes as (
    {{ sides_of_rules('int_association_rules', 'product_code') }}
)

select
    c.rule_id,
    c.side,
    k.product_id
from codes as c
inner join {{ ref('int_product_codes') }} as k on c.product_code = k.product_code
