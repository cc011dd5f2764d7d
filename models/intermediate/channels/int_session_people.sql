-- One row per session, other than of a shared device, and person whose it was: from the instant on at which that was known,
-- until it was known to be somebody else's. That is the customer of the session, or each of several who logged in; before, who
-- was seen next on the device, logged in or with an order. So what was known at an order stays what it was.
with own as (
    select
        c.session_id,
        c.customer_id,
        c.known_at
    from {{ ref('int_session_customers') }} as c
    anti join {{ ref('int_session_logins') }} as l on c.session_id = l.session_id
    union all
    select
        session_id,
        customer_id,
        known_at
    from {{ ref('int_session_logins') }}
),

evidence as (
    select
        f.visitor_id,
        o.customer_id,
        o.known_at
    from own as o
    inner join {{ ref('int_session_facts') }} as f on o.session_id = f.session_id
    union all
    select
        visitor_id,
        customer_id,
        placed_at as known_at
    from {{ ref('int_order_sessions') }}
    where
        customer_id is not null
        and placed_at is not null
),

-- most who log in do so at once
began_as_nobodys as (
    select
        f.session_id,
        f.visitor_id,
        f.started_at,
        o.known_at as known_until
    from {{ ref('int_session_facts') }} as f
    anti join {{ ref('int_shared_visitors') }} as v on f.visitor_id = v.visitor_id
    left join (
        select
            session_id,
            min(known_at) as known_at
        from own
        group by session_id
    ) as o on f.session_id = o.session_id
    where coalesce(f.started_at < o.known_at, true)
),

seen_next as (
    select
        n.session_id,
        e.customer_id,
        e.known_at,
        n.known_until
    from began_as_nobodys as n
    inner join evidence as e on n.visitor_id = e.visitor_id and n.started_at <= e.known_at
    where coalesce(e.known_at < n.known_until, true)
    qualify row_number() over (partition by n.session_id order by e.known_at asc nulls last, e.customer_id asc nulls last) = 1
)

select
    session_id,
    customer_id,
    known_at,
    cast(null as timestamp) as known_until
from own
union all
select * from seen_next
