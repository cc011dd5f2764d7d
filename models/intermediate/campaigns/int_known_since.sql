-- One row per customer who is not erased: since when they are known, and how many there are.
select
    c.customer_id,
    least(min(o.acted_at), min(c.created_at)) as known_since,
    count(*) over () as customers
from {{ ref('int_customers') }} as c
left join {{ ref('int_customer_acts') }} as o on c.customer_id = o.customer_id
where not c.is_erased
group by c.customer_id
