{{ config(enabled=source_system() == 'files') }}
-- One row per row of the raw table events (behaviour event), as it is: text, nothing filtered.
select
    row_number,
    occurred_at,
    event_type,
    visitor_id,
    event_id,
    customer_id,
    product_id,
    order_id,
    search_query,
    platform,
    user_agent,
    page_url,
    referrer,
    value,
    source_session_id,
    row_defect
from {{ raw_rows('events') }} as raw_rows
