-- One row per accepted event, with the session that it belongs to. A session ends with inactivity; one longer than the
-- limit is cut into slices of that length from its start.
with events as (
    select * from {{ ref('stg_events') }}
),

with_previous as (
    select
        *,
        lag(occurred_at) over by_visitor as previous_occurred_at
    from events
    window by_visitor as (partition by visitor_id order by occurred_at asc nulls last)
),

-- Events at the same instant are peers of this frame, so all see the same start, whatever their order.
with_start as (
    select
        *,
        max(
            case
                when
                    previous_occurred_at is null
                    or occurred_at > previous_occurred_at + interval '{{ var("session_gap_minutes") }} minutes'
                    then occurred_at
            end
        ) over by_visitor as activity_started_at
    from with_previous
    window by_visitor as (partition by visitor_id order by occurred_at asc nulls last)
),

with_slice as (
    select
        *,
        {{ epoch_microseconds('activity_started_at') }} as started_microseconds,
        cast(floor({{ seconds_between('activity_started_at', 'occurred_at') }} / {{ var('max_session_hours') * 3600 }}) as bigint)
            as slice
    from with_start
)

select
    visitor_id || '-' || cast(started_microseconds + slice * {{ var('max_session_hours') * 3600000000 }} as string) as session_id,
    row_number,
    visitor_id,
    occurred_at,
    event_type,
    customer_id,
    product_id,
    order_id,
    platform,
    user_agent,
    page_url,
    referrer,
    value
from with_slice
