-- One row per accepted event, with the session that it belongs to. A session ends with inactivity; one longer than the
-- limit is cut into slices of that length from its start.

-- The windows sort their whole input, so they see the narrow columns only; the others join again below, from the table
-- itself: a CTE that is read twice would be written out in between.
with with_previous as (
    select
        row_number,
        visitor_id,
        occurred_at,
        row_number() over by_visitor as event_number,
        lag(occurred_at) over by_visitor as previous_occurred_at
    from {{ ref('stg_events') }}
    window by_visitor as (partition by visitor_id order by occurred_at asc nulls last, row_number asc nulls last)
),

-- `rows` is safe here: event_number is a total order, so each event sees the same start in every run.
with_start as (
    select
        row_number,
        occurred_at,
        event_number,
        max(
            case
                when
                    previous_occurred_at is null
                    or occurred_at > previous_occurred_at + interval '{{ var("session_gap_minutes") }} minutes'
                    then occurred_at
            end
        ) over (
            partition by visitor_id order by event_number asc nulls last
            rows between unbounded preceding and current row
        ) as activity_started_at
    from with_previous
),

with_slice as (
    select
        row_number,
        event_number,
        {{ epoch_microseconds('activity_started_at') }} as started_microseconds,
        cast(floor({{ seconds_between('activity_started_at', 'occurred_at') }} / {{ var('max_session_hours') * 3600 }}) as bigint)
            as slice
    from with_start
)

select
    e.visitor_id || '-' || cast(s.started_microseconds + s.slice * {{ (var('max_session_hours') * 3600000000) | int }} as string)
        as session_id,
    e.row_number,
    e.visitor_id,
    e.occurred_at,
    -- the visitor's events counted by time, those at the same instant by source row
    s.event_number,
    e.event_type,
    e.customer_id,
    e.customer_joined_at,
    e.product_id,
    e.order_id,
    e.platform,
    e.user_agent,
    e.page_url,
    e.referrer,
    e.value,
    e.quantity,
    e.campaign_source,
    e.campaign_medium,
    e.campaign_name
from {{ ref('stg_events') }} as e
inner join with_slice as s on e.row_number = s.row_number
