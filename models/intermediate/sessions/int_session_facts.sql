-- One row per session: what happened in it. Of events at the same instant the earlier row of the source came first.
select
    session_id,
    any_value(visitor_id) as visitor_id,
    min(occurred_at) as started_at,
    max(occurred_at) as ended_at,
    count(*) as events,
    count(*) filter (where event_type = 'view') as views,
    count(*) filter (where event_type = 'search') as searches,
    count(*) filter (where event_type = 'add_to_cart') as add_to_carts,
    count(*) filter (where event_type = 'purchase') as purchases,
    min_by(page_url, event_number) filter (where page_url is not null) as entry_page,
    max_by(page_url, event_number) filter (where page_url is not null) as exit_page,
    min_by(platform, event_number) filter (where platform is not null) as platform,
    min_by(referrer, event_number) filter (where referrer is not null) as referrer,
    min_by(user_agent, event_number) filter (where user_agent is not null) as user_agent,
    -- the event that says who sent the visit
    min_by(row_number, event_number) filter (
        where coalesce(page_url, referrer, campaign_source, campaign_medium, campaign_name) is not null
    ) as landing_row_number,
    min(occurred_at) filter (where customer_id is not null) as seen_customer_at,
    coalesce(min(customer_id) <> max(customer_id), false) as has_several_customers,
    max_by(customer_id, event_number) filter (where customer_id is not null) as seen_customer_id,
    max_by(coalesce(customer_joined_at, timestamp '1970-01-01'), event_number) filter (where customer_id is not null)
        as seen_customer_joined_at
from {{ ref('int_session_events') }}
group by session_id
