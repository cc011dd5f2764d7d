-- One row per session that no person made, or of a visitor who is none: it teaches nothing. `is_known_then`: that was known
-- when it ended; what the shop's people say holds for always. Sessions of suspect customers are in int_suspect_customers.
with suspects as (
    select
        f.session_id,
        f.ended_at,
        i.known_at
    from {{ ref('int_suspicions') }} as i
    inner join {{ ref('int_session_facts') }} as f
        on (i.kind = 'session' and i.id = f.session_id) or (i.kind = 'visitor' and i.id = f.visitor_id)
    where
        i.kind in ('session', 'visitor')
        and i.leaves_out = 'all'
)

select
    session_id,
    coalesce(bool_or(coalesce(known_at <= ended_at, true)), false) as is_known_then
from suspects
group by session_id
