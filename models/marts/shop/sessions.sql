-- One row per session, bots included and flagged.
select
    session_id,
    visitor_id,
    customer_id,
    started_at,
    ended_at,
    duration_seconds,
    events,
    views,
    searches,
    add_to_carts,
    purchases,
    entry_page,
    exit_page,
    platform,
    referrer,
    is_converted,
    is_bot,
    bot_rule,
    {{ shop_day('started_at') }} as session_date,
    {{ source_of_id('session_id') }} as source_system
from {{ ref('int_sessions') }}
