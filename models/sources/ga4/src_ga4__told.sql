{{ config(enabled=reads('ga4'), materialized='table') }}
-- One row per event of the export, in our words: who, when, in which visit, and of a purchase or a refund its order and amount.
-- The amount is in the event's own currency, or in dollars where the export has it in nothing else. Ids of visits are the
-- visitor's own, so the visitor's stands before them.
{% call(source) each_source('ga4') %}
with opened as (
    select
        *,
        {{ json_pairs(valid_json('event_params'), ['string_value', 'int_value', 'double_value', 'float_value']) }} as params,
        {{ valid_json('ecommerce') }} as sale,
        {{ valid_json('items') }} as valid_items,
        {{ valid_json('geo') }} as place_of_visitor,
        {{ valid_json('collected_traffic_source') }} as sent_by
    from {{ raw_rows('events', source) }} as raw_rows
),

said as (
    select
        *,
        {{ ga4_event_type('event_name') }} as event_type,
        {{ ga4_said('user_pseudo_id') }} as pseudo_id,
        {{ ga4_said('user_id') }} as login_id,
        {{ ga4_said(json_field('sale', 'transaction_id')) }} as sale_id,
        {{ ga4_said(ga4_param('transaction_id')) }} as param_id,
        {{ ga4_param('ga_session_id') }} as session_number,
        {{ tracker_number(json_field('sale', 'purchase_revenue')) }} as revenue,
        {{ tracker_number(json_field('sale', 'purchase_revenue_in_usd')) }} as revenue_in_usd,
        {{ tracker_number(json_field('sale', 'refund_value')) }} as refund,
        {{ tracker_number(json_field('sale', 'refund_value_in_usd')) }} as refund_in_usd,
        {{ tracker_number(ga4_param('value')) }} as param_value,
        upper({{ ga4_said(ga4_param('currency')) }}) as param_currency
    from opened
),

with_amount as (
    select
        *,
        case event_type
            when 'purchase' then coalesce(revenue, param_value)
            when 'refund' then abs(coalesce(refund, param_value))
        end as own_amount,
        case event_type when 'purchase' then revenue_in_usd when 'refund' then abs(refund_in_usd) end as amount_in_usd
    from said
)

select
    row_number,
    event_timestamp as occurred_at,
    {{ from_epoch_microseconds('try_cast(event_timestamp as bigint)') }} as told_at,
    event_type,
    -- who refuses cookies has no id of a browser, but may have logged in
    coalesce(pseudo_id, login_id) as visitor_id,
    cast(null as string) as event_id,
    login_id as customer_id,
    case when event_type in ('purchase', 'refund') then coalesce(sale_id, param_id) end as order_id,
    case when event_type = 'search' then {{ ga4_said(ga4_param('search_term')) }} end as search_query,
    case when lower(platform) in ('ios', 'android') then 'app' else lower(platform) end as platform,
    cast(null as string) as user_agent,
    {{ ga4_param('page_location') }} as page_url,
    {{ ga4_param('page_referrer') }} as referrer,
    -- what the link said with this event; `traffic_source` would be how the visitor came for the first time of all
    {{ ga4_said_by_link('manual_source', 'source') }} as campaign_source,
    {{ ga4_said_by_link('manual_medium', 'medium') }} as campaign_medium,
    {{ ga4_said_by_link('manual_campaign_name', 'campaign') }} as campaign_name,
    pseudo_id || '-' || session_number as source_session_id,
    {{ ga4_said(json_field('place_of_visitor', 'country')) }} as country,
    coalesce(own_amount, amount_in_usd) as amount,
    case when own_amount is null and amount_in_usd is not null then 'USD' else param_currency end as currency,
    own_amount is null and amount_in_usd is not null as is_in_dollars,
    valid_items as items,
    coalesce(row_defect, case
        when event_params is not null and params is null then 'event_params is no JSON'
        when items is not null and valid_items is null then 'items is no JSON'
        when ecommerce is not null and sale is null then 'ecommerce is no JSON'
    end) as row_defect
from with_amount
{% endcall %}
