-- One row per visitor and customer known to have used it, by a session or a link; is_latest marks the last one seen.
with pairs as (
    select
        visitor_id,
        customer_id,
        ended_at as seen_at
    from {{ ref('int_sessions') }}
    where customer_id is not null
    union all
    select
        visitor_id,
        customer_id,
        linked_at as seen_at
    from {{ ref('stg_identity_links') }}
),

last_seen as (
    select
        visitor_id,
        customer_id,
        max(seen_at) as seen_at
    from pairs
    group by visitor_id, customer_id
)

select
    l.visitor_id,
    l.customer_id,
    coalesce(c.is_erased, false) as is_erased,
    row_number() over (
        partition by l.visitor_id order by l.seen_at desc nulls last, l.customer_id asc nulls last
    ) = 1 as is_latest
from last_seen as l
left join {{ ref('int_customers') }} as c on l.customer_id = c.customer_id
