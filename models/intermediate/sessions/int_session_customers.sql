-- One row per session whose customer is known: the one seen in it (the last, if several), else the visitor's latest link at or
-- before its end. A link without a time has always held, but nobody knows whether it was known then; nor was it, where the
-- customer's ids were joined later. A device that many share is nobody's. With the instant from which it was known whose it
-- was.
with seen as (
    select
        session_id,
        seen_customer_id as customer_id,
        seen_customer_at as known_at,
        coalesce(seen_customer_joined_at <= ended_at, true) as is_known_then
    from {{ ref('int_session_facts') }}
    where seen_customer_id is not null
),

linked as (
    select
        s.session_id,
        l.customer_id,
        greatest(s.started_at, coalesce(l.linked_at, s.started_at)) as known_at,
        l.linked_at is not null and coalesce(l.customer_joined_at <= s.ended_at, true) as is_known_then
    from {{ ref('int_session_facts') }} as s
    inner join {{ ref('stg_identity_links') }} as l on s.visitor_id = l.visitor_id
    anti join {{ ref('int_shared_visitors') }} as v on s.visitor_id = v.visitor_id
    where
        s.seen_customer_id is null
        and coalesce(l.linked_at <= s.ended_at, true)
    qualify
        row_number() over (
            partition by s.session_id
            order by l.linked_at desc nulls last, l.customer_id asc nulls last
        ) = 1
)

select * from seen
union all
select * from linked
