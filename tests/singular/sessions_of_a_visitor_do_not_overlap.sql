-- The next session of a visitor starts after the last has ended.
with with_previous as (
    select
        session_id,
        visitor_id,
        started_at,
        lag(ended_at) over (
            partition by visitor_id order by started_at asc nulls last, session_id asc nulls last
        ) as previous_ended_at
    from {{ ref('sessions') }}
)

select *
from with_previous
where started_at <= previous_ended_at
