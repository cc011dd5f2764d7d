-- One row per category rule, side and category.
with codes as (
    {{ sides_of_rules('int_category_rules', 'category_code') }}
)

select
    c.rule_id,
    c.side,
    k.category
from codes as c
inner join {{ ref('int_category_codes') }} as k on c.category_code = k.category_code
