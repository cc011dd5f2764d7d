-- One row per device that so many customers share that it is a till or the like, and tells nothing of who is there: from the
-- number on that the rule shared_visitor of suspicion_rules says.
with pairs as (
    select
        visitor_id,
        customer_id
    from {{ ref('stg_identity_links') }}
    union
    select
        visitor_id,
        seen_customer_id as customer_id
    from {{ ref('int_session_facts') }}
    where seen_customer_id is not null
)

select
    p.visitor_id,
    count(*) as customers
from pairs as p
group by p.visitor_id
having count(*) >= (select max(r.at_least) from {{ ref('suspicion_rules') }} as r where r.rule = 'shared_visitor')
