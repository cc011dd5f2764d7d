-- Whoever is a customer has recency, frequency and money, and nobody else has.
select
    coalesce(c.customer_id, r.customer_id) as customer_id,
    count(r.customer_id) as rfm_rows
from {{ ref('customers') }} as c
full outer join {{ ref('customer_rfm') }} as r on c.customer_id = r.customer_id
group by 1
having
    count(*) <> 1
    or count(c.customer_id) <> 1
    or count(r.customer_id) <> 1
