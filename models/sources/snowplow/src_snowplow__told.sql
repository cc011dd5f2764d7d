{{ config(enabled=reads('snowplow'), materialized='table') }}
-- One row per event, in our words: who, when, in which visit, and of a purchase or a refund its order and amount.
{% call(source) each_source('snowplow') %}
with opened as (
    select
        *,
        {{ json_field(valid_json('contexts'), 'data') }} as all_contexts,
        {{ json_field(valid_json('unstruct_event'), 'data') }} as own_data,
        {{ snowplow_time('coalesce(derived_tstamp, collector_tstamp)') }} as occurred_at
    from {{ raw_rows('events', source) }} as raw_rows
),

with_data as (
    select
        *,
        {{ snowplow_columns() }}
    from opened
),

typed as (
    select
        *,
        {{ snowplow_event_type(snowplow_field('action_data', 'type'), 'coalesce(event_name, event)') }} as event_type
    from with_data
),

with_sale as (
    select
        *,
        case event_type
            when 'purchase' then transaction_data
            when 'refund' then coalesce(refund_data, transaction_data)
        end as sale
    from typed
)

select
    row_number,
    occurred_at,
    {{ read_time('occurred_at', 'cast(null as string)', source) }} as told_at,
    event_type,
    -- an app has no cookie, but a client; a server's own event has what the collector's cookie says
    coalesce(
        domain_userid,
        {{ snowplow_field('session_data', 'userId') }},
        {{ snowplow_field('session_data', 'user_id') }},
        network_userid
    ) as visitor_id,
    event_id,
    coalesce(user_id, {{ snowplow_field('user_data', 'id') }}) as customer_id,
    {{ snowplow_field('sale', 'transaction_id') }} as order_id,
    case
        when event_type = 'search'
            then nullif(trim({{ replace_all(snowplow_field('search_data', 'terms'), '[][",]+', ' ') }}), '')
    end as search_query,
    case when platform in ('mob', 'app') then 'app' else platform end as platform,
    useragent as user_agent,
    page_url,
    page_referrer as referrer,
    mkt_source as campaign_source,
    mkt_medium as campaign_medium,
    mkt_campaign as campaign_name,
    coalesce(
        domain_sessionid,
        {{ snowplow_field('session_data', 'sessionId') }},
        {{ snowplow_field('session_data', 'session_id') }}
    ) as source_session_id,
    geo_country as country,
    abs(coalesce(
        {{ tracker_number(snowplow_field('sale', 'revenue')) }},
        {{ tracker_number(snowplow_field('sale', 'refund_amount')) }}
    )) as amount,
    upper(coalesce({{ snowplow_field('sale', 'currency') }}, {{ snowplow_field('product_data', 'currency') }})) as currency,
    case
        when event_type in ('view', 'click', 'add_to_cart', 'remove_from_cart', 'purchase', 'refund') then product_data
    end as items,
    row_defect
from with_sale
{% endcall %}
