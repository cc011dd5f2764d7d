-- One row per clue that several customer ids share, and why it joins nobody, null where it does: an office's address, one that
-- many customers of a source have or people who were born on different days, a number of customers of a source with different
-- addresses, whoever a tracker names for orders of several customers, and an account with which many bought.
with thresholds as (
    select
        max(case when rule = 'shared_email' then at_least end) as email,
        max(case when rule = 'shared_phone' then at_least end) as phone,
        max(case when rule = 'shared_visitor' then at_least end) as visitor
    from {{ ref('suspicion_rules') }}
),

-- who bought without a login is known by the browser, and may have several
accounts as (
    select
        e.customer_id,
        count(distinct e.clue) as tellers
    from {{ ref('stg_customer_evidence') }} as e
    where
        e.joined_by = 'order'
        and e.customer_id <> e.clue
        and e.clue not in (select l.visitor_id from {{ ref('stg_identity_links__typed') }} as l where l.visitor_id is not null)
    group by e.customer_id
),

of_sources as (
    select
        e.joined_by,
        e.clue,
        {{ source_of_id('e.customer_id') }} as source_name,
        count(distinct e.customer_id) as customers,
        -- the one who the tracker says bought is not counted
        count(distinct case when e.customer_id <> e.clue then e.customer_id end) as other_customers,
        count(distinct {{ email_address('c.email') }}) as emails,
        max(case when e.joined_by = 'order' then a.tellers end) as tellers,
        min(c.birth_date) as first_birth_date,
        max(c.birth_date) as last_birth_date
    from {{ ref('stg_customer_evidence') }} as e
    left join {{ ref('stg_customer_contacts') }} as c on e.customer_id = c.customer_id
    left join accounts as a on e.customer_id = a.customer_id
    group by all
),

shared as (
    select
        joined_by,
        clue,
        sum(customers) as customers,
        max(customers) as customers_of_a_source,
        max_by(source_name, row(customers, source_name)) as source_name,
        sum(other_customers) as other_customers,
        max(emails) as emails_of_a_source,
        max(tellers) as tellers,
        min(first_birth_date) < max(last_birth_date) as has_birth_dates
    from of_sources
    group by joined_by, clue
    having sum(customers) > 1
)

select
    s.joined_by,
    s.clue,
    s.customers,
    case
        when s.joined_by = 'order' and s.other_customers > 1 then 'its orders are of ' || s.other_customers || ' customers'
        when s.tellers >= t.visitor then s.tellers || ' customers who logged in bought with its account'
        when s.joined_by = 'email' and f.local_part is not null then 'it is an office''s address: ' || f.local_part || '@'
        when
            (s.joined_by = 'email' and s.customers_of_a_source >= t.email)
            or (s.joined_by = 'phone' and s.customers_of_a_source >= t.phone)
            then s.customers_of_a_source || ' customers of ' || s.source_name || ' have it'
        when s.joined_by = 'phone' and s.emails_of_a_source > 1
            then 'customers of one source with different e-mail addresses have it'
        when s.joined_by in ('email', 'phone') and s.has_birth_dates then 'people born on different days have it'
    end as not_joined_because
from shared as s
cross join thresholds as t
left join {{ ref('functional_addresses') }} as f
    on s.joined_by = 'email' and split_part(split_part(s.clue, '@', 1), '+', 1) = f.local_part
