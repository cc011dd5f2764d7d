-- One row per customer with a session of a human.
select
    customer_id,
    count(*) as sessions,
    cast(sum(events) as bigint) as events,
    cast(sum(views) as bigint) as views,
    cast(sum(searches) as bigint) as searches,
    cast(sum(add_to_carts) as bigint) as add_to_carts,
    count(*) filter (where is_converted) as converted_sessions,
    min(started_at) as first_seen_at,
    max(ended_at) as last_seen_at
from {{ ref('int_sessions') }}
where
    customer_id is not null
    and not is_bot
group by customer_id
