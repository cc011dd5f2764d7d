-- One row per customer and product, both as numbers: how often, and whole days since the last time.
select
    u.customer_code,
    c.product_code,
    i.purchases,
    i.add_to_carts as carts,
    i.views,
    cast({{ whole_days_between('i.last_interacted_at', 'a.as_of') }} as double) as last_interaction_age_days
from {{ ref('int_interactions') }} as i
cross join {{ ref('int_as_of') }} as a
inner join {{ ref('int_customers') }} as u on i.customer_id = u.customer_id
inner join {{ ref('int_product_codes') }} as c on i.product_id = c.product_id
inner join {{ ref('int_products') }} as p on i.product_id = p.product_id
where p.is_product
