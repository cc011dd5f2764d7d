-- One row per customer and category that the customer has bought of.
select
    t.customer_id,
    t.category,
    t.purchases,
    {{ finite('t.share') }} as share,
    {{ finite('t.shop_share') }} as shop_share,
    {{ finite('t.affinity') }} as affinity,
    a.as_of
from {{ ref('int_customer_tastes') }} as t
cross join {{ ref('stg_as_of') }} as a
