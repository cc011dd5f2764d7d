-- One row per customer with an e-mail address who is not erased: the address, whether it is an office's instead of a
-- person's, and how many customers have it.
with addressed as (
    select
        customer_id,
        {{ email_address('email') }} as email
    from {{ ref('int_customers') }}
    where not is_erased
)

select
    a.customer_id,
    a.email,
    f.local_part as functional_part,
    count(*) over (partition by a.email) as customers
from addressed as a
left join {{ ref('functional_addresses') }} as f on split_part(split_part(a.email, '@', 1), '+', 1) = f.local_part
where a.email is not null
