-- One row per row that repeats another. An event's key is its event_id; an event without one repeats another only if
-- the whole row does. Of several rows for a key the latest stays: by time, then by place in the source.

-- narrow groups first: few rows share them, and only those are compared column by column
with suspects as (
    select
        event_id,
        case when event_id is null then visitor_id end as unnamed_visitor_id,
        case when event_id is null then occurred_at end as unnamed_occurred_at
    from {{ ref('stg_events__typed') }}
    where
        reject_reason is null
        and {{ known_at_as_of('occurred_at') }}
    group by all
    having count(*) > 1
),

copies as (
    select
        v.row_number,
        v.event_id,
        row_number() over (
            partition by {{ canonical_columns('events', 'v.') | join(', ') }}
            order by v.row_number asc nulls last
        ) as copy_rank,
        max(v.row_number) over (
            partition by {{ canonical_columns('events', 'v.') | join(', ') }}
        ) as last_copy,
        v.occurred_at
    from {{ ref('stg_events__typed') }} as v
    semi join suspects as s
        -- equalities alone, so that events without an id are not compared with every suspect
        on
            v.event_id is not distinct from s.event_id
            and case when v.event_id is null then v.visitor_id end is not distinct from s.unnamed_visitor_id
            and case when v.event_id is null then v.occurred_at end is not distinct from s.unnamed_occurred_at
    where
        v.reject_reason is null
        and {{ known_at_as_of('v.occurred_at') }}
),

-- a row that was sent again counts at its last place, and its first copy stands for it
ranked as (
    select
        *,
        row_number() over (
            partition by event_id
            order by occurred_at desc nulls last, last_copy desc nulls last, row_number asc nulls last
        ) as key_rank
    from copies
)

select
    row_number,
    {{ repeat_reason() }} as reject_reason
from ranked
where copy_rank > 1 or (event_id is not null and key_rank > 1)
