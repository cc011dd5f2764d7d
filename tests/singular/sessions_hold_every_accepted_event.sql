-- Each accepted event is in exactly one session.
with in_sessions as (
    select coalesce(sum(events), 0) as events
    from {{ ref('sessions') }}
),

accepted as (
    select sum(accepted) as events
    from {{ ref('row_counts') }}
    where source_table = 'events'
)

select
    a.events as accepted,
    s.events
from accepted as a
cross join in_sessions as s
where a.events <> s.events
