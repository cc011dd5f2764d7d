-- One row per customer: how the customer chooses, in four numbers from 0 to 1.
select
    t.customer_id,
    t.purchases,
    {{ finite('t.price_sensitivity') }} as price_sensitivity,
    {{ finite('t.discount_use') }} as discount_use,
    {{ finite('t.variety_seeking') }} as variety_seeking,
    {{ finite('t.brand_loyalty') }} as brand_loyalty,
    t.unknown_because,
    a.as_of
from {{ ref('int_customer_attitudes') }} as t
cross join {{ ref('stg_as_of') }} as a
