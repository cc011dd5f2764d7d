-- Each accepted event is in exactly one session.
with in_sessions as (
    select coalesce(sum(events), 0) as events
    from {{ ref('sessions') }}
)

select
    c.accepted,
    s.events
from {{ ref('row_counts') }} as c
cross join in_sessions as s
where
    c.source_table = 'events'
    and c.accepted <> s.events
