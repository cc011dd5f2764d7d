-- One row per name of a mailbox of customers, what stands before the @ of their addresses: it often is a person's name.
select distinct split_part(split_part(email, '@', 1), '+', 1) as mailbox
from {{ ref('int_customers') }}
where
    email like '%@%'
    and not is_erased
