-- One row per row of the source, cleaned and cast: a behaviour event, and the first thing that is wrong with it.
with source as (
    select * from {{ source_table('events') }}
),

cleaned as (
    select
        row_number,
        row_defect,
        {{ clean_columns('events') }}
    from source
)

select
    row_number,
    case
        when row_defect is not null then row_defect
        when occurred_at is null then 'occurred_at is missing'
        when {{ to_utc('occurred_at') }} is null then 'occurred_at is not a time'
        when cleaned.event_type is null then 'event_type is missing'
        when visitor_id is null then 'visitor_id is missing'
        when {{ unreadable('value', 'decimal(18, 4)') }} then 'value is not a number'
        when coalesce(known.event_type, lower(cleaned.event_type)) = 'purchase' and try_cast(value as decimal(18, 4)) < 0
            then 'value is negative'
    end as reject_reason,
    {{ to_utc('occurred_at') }} as occurred_at,
    coalesce(known.event_type, lower(cleaned.event_type)) as event_type,
    visitor_id,
    event_id,
    customer_id,
    product_id,
    order_id,
    search_query,
    lower(platform) as platform,
    user_agent,
    page_url,
    referrer,
    try_cast(value as decimal(18, 4)) as value,
    source_session_id,
    coalesce(try_cast(quantity as decimal(18, 6)), 1) as quantity
from cleaned
left join {{ ref('event_types') }} as known on lower(cleaned.event_type) = known.spelling
