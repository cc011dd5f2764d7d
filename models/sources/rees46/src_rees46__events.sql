{{ config(enabled=reads('rees46')) }}
-- One row per row of the REES46 event log, nothing filtered.
-- `user_id` is permanent: it is the visitor and, being all that is known of a person, the customer too.
-- A purchase has no order number, so orders are made of purchasing sessions downstream.
{% call(source) each_source('rees46') %}
select
    row_number,
    -- the log is in UTC; Parquet copies of it drop the zone
    case when regexp_matches(event_time, ':[0-9.]+$') then event_time || '+00' else event_time end as occurred_at,
    case when event_type = 'cart' then 'add_to_cart' else event_type end as event_type,
    user_id as visitor_id,
    user_id as customer_id,
    product_id,
    price as value,
    user_session as source_session_id,
    row_defect
from {{ raw_rows('event_log', source) }} as event_log
{% endcall %}
