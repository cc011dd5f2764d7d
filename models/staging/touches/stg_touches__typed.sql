-- One row per row of the source, cleaned and cast: a thing shown to a person, and the first thing that is wrong with it.
with {{ rows_by_type('touches', ref('src_touches')) }}

select
    row_number,
    source_name,
    coalesce({{ fault_of_columns('touches') }}, case
        when {{ a_date('shown_at_read') }} is null then 'shown_at is before 1971'
        when customer_id is null and visitor_id is null then 'customer_id is missing, and so is visitor_id'
        when propensity_read <= 0 or propensity_read > 1 then 'propensity is not above 0 and at most 1'
        when cost_read < 0 then 'cost is negative'
        when revenue_read < 0 then 'revenue is negative'
        when satisfaction_read not between 1 and 5 then 'satisfaction is not between 1 and 5'
    end) as reject_reason,
    touch_id_read as touch_id,
    {{ a_date('shown_at_read') }} as shown_at,
    {{ own_id('customer_id_read') }} as customer_id,
    {{ own_id('visitor_id_read') }} as visitor_id,
    campaign_id_read as campaign_id,
    variant,
    product_id_read as product_id,
    position_read as position,
    cast(propensity_read as double) as propensity,
    -- what is said to have come before it was shown did not come of it
    case when {{ came_after('shown_at_read', 'clicked_at_read') }} then {{ a_date('clicked_at_read') }} end as clicked_at,
    case when {{ came_after('shown_at_read', 'converted_at_read') }} then {{ a_date('converted_at_read') }} end as converted_at,
    coalesce(not {{ came_after('shown_at_read', 'clicked_at_read') }}, false) as is_clicked_before,
    coalesce(not {{ came_after('shown_at_read', 'converted_at_read') }}, false) as is_converted_before,
    case when coalesce({{ came_after('shown_at_read', 'converted_at_read') }}, true) then revenue_read end as revenue,
    {{ a_date('unsubscribed_at_read') }} as unsubscribed_at,
    cast(cost_read as decimal(18, 6)) as cost,
    strategy,
    cast(satisfaction_read as decimal(9, 3)) as satisfaction
from by_type {{ join_own_ids(['customer_id_read', 'visitor_id_read']) }}
