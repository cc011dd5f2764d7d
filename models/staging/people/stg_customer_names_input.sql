-- One row per customer id with a first and a last name, where customers are joined by them, else none: what is compared.
select
    c.customer_id,
    {{ source_of_id('c.customer_id') }} as source,
    c.first_name,
    c.last_name,
    c.postal_code,
    c.city,
    cast(c.birth_date as string) as birth_date,
    {{ email_address('c.email') }} as email,
    p.e164 as phone
from {{ ref('stg_customers') }} as c
left join {{ ref('stg_customer_phones_input') }} as i on c.customer_id = i.customer_id
left join {{ ref('stg_customer_phones') }} as p on i.customer_code = p.customer_code
where {{ 'c.first_name is not null and c.last_name is not null' if 'name' in ways_to_join_customers() else 'false' }}
