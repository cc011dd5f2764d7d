{{ config(enabled=source_system() == 'rees46') }}
-- One row per row of the REES46 event log, nothing filtered.
-- `user_id` is permanent: it is the visitor and, being all that is known of a person, the customer too.
-- A purchase has no order number, so orders are made of purchasing sessions downstream.
select
    row_number,
    -- the log is in UTC; Parquet copies of it drop the zone
    case when regexp_matches(event_time, ':[0-9.]+$') then event_time || '+00' else event_time end as occurred_at,
    case when event_type = 'cart' then 'add_to_cart' else event_type end as event_type,
    user_id as visitor_id,
    cast(null as string) as event_id,
    user_id as customer_id,
    product_id,
    cast(null as string) as order_id,
    cast(null as string) as search_query,
    cast(null as string) as platform,
    cast(null as string) as user_agent,
    cast(null as string) as page_url,
    cast(null as string) as referrer,
    price as value,
    user_session as source_session_id,
    cast(null as string) as quantity,
    row_defect
from {{ raw_rows('event_log') }} as event_log
