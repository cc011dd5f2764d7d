-- One row per purchase event that tells once more of what was told at an earlier instant: the same order and product, as
-- when the page that confirms an order is loaded again, in whatever session and on whatever day. Without a product it
-- repeats whatever was told of the order. Orders of several customers under one id are each their own.
with purchases as (
    select
        e.*,
        coalesce(p.part, 1) as part
    from {{ ref('int_session_events') }} as e
    left join {{ ref('int_purchase_parts') }} as p on e.row_number = p.row_number
    where
        e.event_type = 'purchase'
        and e.order_id is not null
)

select
    row_number,
    session_id
from purchases
qualify
    occurred_at > min(occurred_at) over (partition by order_id, part, product_id)
    or (product_id is null and occurred_at > min(occurred_at) over (partition by order_id, part))
