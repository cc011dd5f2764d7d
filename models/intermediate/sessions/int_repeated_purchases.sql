-- One row per purchase event that tells once more of what was told at an earlier instant: the same order and product, as
-- when the page that confirms an order is loaded again, in whatever session and on whatever day. Without a product it
-- repeats whatever was told of the order.
select
    row_number,
    session_id
from {{ ref('int_session_events') }}
where
    event_type = 'purchase'
    and order_id is not null
qualify
    occurred_at > min(occurred_at) over (partition by order_id, product_id)
    or (product_id is null and occurred_at > min(occurred_at) over (partition by order_id))
