{{ config(enabled=source_system() == 'demo') }}

-- One row is one behaviour event, as the made shop wrote it: text, uncleaned.
select
    -- not rowid itself: a seed loaded again counts on from the last load
    row_number() over (order by rowid asc nulls last) as row_number,
    cast(null as string) as row_defect,
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
    source_session_id
from {{ ref('demo_events') }}
