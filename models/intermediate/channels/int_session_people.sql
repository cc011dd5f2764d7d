-- One row per session, other than a crawler's, of which it became known whose it was: the customer of the session, or who was
-- seen next on a device that nobody shares, logged in or with an order. With the instant from which that was known.
with own as (
    select
        c.session_id,
        c.customer_id,
        c.known_at
    from {{ ref('int_session_customers') }} as c
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
        ordered_at as known_at
    from {{ ref('int_order_sessions') }}
    where
        customer_id is not null
        and ordered_at is not null
),

of_nobody as (
    select
        f.session_id,
        f.visitor_id,
        f.started_at
    from {{ ref('int_session_facts') }} as f
    anti join own as o on f.session_id = o.session_id
    anti join {{ ref('int_shared_visitors') }} as v on f.visitor_id = v.visitor_id
),

seen_next as (
    select
        n.session_id,
        e.customer_id,
        e.known_at
    from of_nobody as n
    inner join evidence as e on n.visitor_id = e.visitor_id and n.started_at <= e.known_at
    qualify row_number() over (partition by n.session_id order by e.known_at asc nulls last, e.customer_id asc nulls last) = 1
)

select * from own
union all
select * from seen_next
