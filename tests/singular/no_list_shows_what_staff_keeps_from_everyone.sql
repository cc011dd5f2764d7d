-- What a staff rule in force keeps from everyone is in no list.
with shown as (
    select product_id from {{ ref('customer_recommendations') }}
    union
    select product_id from {{ ref('session_recommendations') }}
    union
    select product_id from {{ ref('cart_recommendations') }}
    union
    select recommended_product_id as product_id from {{ ref('product_recommendations') }}
    union
    select product_id from {{ ref('popular_products') }}
)

select
    r.rule,
    p.product_id
from {{ ref('int_staff_rules_in_force') }} as r
inner join {{ ref('int_staff_rule_products') }} as p on r.rule = p.rule
inner join shown as s on p.product_id = s.product_id
where
    r.action = 'never'
    and r.segment is null
