-- One row per customer id and piece of evidence by which it is the same person as others.
select
    coalesce(j.customer_id, c.customer_id) as customer_id,
    c.customer_id as own_customer_id,
    {{ source_of_id('c.customer_id') }} as source_system,
    c.joined_by,
    coalesce(c.evidence, 'a link of the input') as evidence,
    min(c.known_at) as known_at,
    max(j.joined_at) as joined_at
from {{ ref('stg_customer_codes') }} as c
left join {{ ref('stg_customer_joins') }} as j on c.customer_id = j.own_customer_id
group by all
