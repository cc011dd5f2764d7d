-- One row per customer id with a telephone number, where customers are joined by it or their names, else none: the number as
-- written, and the country as an ISO code where its spelling is known. The code counts the ids.
select
    cast(row_number() over (order by c.customer_id asc nulls last) as int) as customer_code,
    c.customer_id,
    c.phone,
    c.created_at,
    coalesce(s.country, c.country) as country
from {{ ref('stg_customer_contacts') }} as c
left join {{ ref('country_spellings') }} as s on upper(c.country) = s.spelling
where {{ 'c.phone is not null' if ['phone', 'name'] | select('in', ways_to_join_customers()) | list else 'false' }}
