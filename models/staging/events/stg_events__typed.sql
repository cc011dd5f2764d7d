-- One row per row of the source, cleaned and cast: a behaviour event, and the first thing that is wrong with it.
with {{ rows_by_type('events', ref('src_events')) }},

with_type as (
    select
        by_type.*,
        coalesce(known.event_type, lower(by_type.event_type)) as known_type
    from by_type
    left join {{ ref('event_types') }} as known on lower(by_type.event_type) = known.spelling
)

select
    row_number,
    source_name,
    coalesce({{ fault_of_columns('events') }}, case
        when {{ a_date('occurred_at_read') }} is null then 'occurred_at is before 1971'
        when known_type = 'purchase' and value_read < 0 then 'value is negative'
        when quantity_read <= 0 then 'quantity is not above zero'
    end) as reject_reason,
    {{ a_date('occurred_at_read') }} as occurred_at,
    known_type as event_type,
    {{ own_id('visitor_id_read') }} as visitor_id,
    event_id_read as event_id,
    {{ own_id('customer_id_read') }} as customer_id,
    product_id_read as product_id,
    order_id_read as order_id,
    search_query,
    lower(platform) as platform,
    user_agent,
    page_url,
    referrer,
    value_read as value,
    source_session_id_read as source_session_id,
    coalesce(quantity_read, 1) as quantity,
    campaign_source,
    campaign_medium,
    campaign_name,
    device_id_read as device_id
from with_type {{ join_own_ids(['customer_id_read', 'visitor_id_read']) }}
