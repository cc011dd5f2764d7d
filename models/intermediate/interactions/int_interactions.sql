-- One row per customer and product: what the customer did with it and when last. Bots are left out.
with behaviour as (
    select
        s.customer_id,
        e.product_id,
        count(*) filter (where e.event_type = 'view') as views,
        count(*) filter (where e.event_type = 'add_to_cart') as add_to_carts,
        max(e.occurred_at) filter (where e.event_type = 'view') as last_viewed_at,
        max(e.occurred_at) filter (where e.event_type = 'add_to_cart') as last_added_to_cart_at
    from {{ ref('int_session_events') }} as e
    inner join {{ ref('int_sessions') }} as s on e.session_id = s.session_id
    where
        e.product_id is not null
        and s.customer_id is not null
        and not s.is_bot
    group by 1, 2
),

purchases as (
    select
        o.customer_id,
        l.product_id,
        count(distinct l.order_id) as purchases,
        sum(l.quantity) as units,
        max(l.ordered_at) as last_purchased_at
    from {{ ref('int_order_lines') }} as l
    inner join {{ ref('int_orders') }} as o on l.order_id = o.order_id
    where
        o.customer_id is not null
        and l.is_sold
        and l.is_product
    group by 1, 2
)

select
    coalesce(b.customer_id, p.customer_id) as customer_id,
    coalesce(b.product_id, p.product_id) as product_id,
    coalesce(b.views, 0) as views,
    coalesce(b.add_to_carts, 0) as add_to_carts,
    coalesce(p.purchases, 0) as purchases,
    cast(coalesce(p.units, 0) as double) as units,
    b.last_viewed_at,
    b.last_added_to_cart_at,
    p.last_purchased_at,
    greatest(b.last_viewed_at, b.last_added_to_cart_at, p.last_purchased_at) as last_interacted_at
from behaviour as b
full outer join purchases as p on b.customer_id = p.customer_id and b.product_id = p.product_id
where coalesce(b.views, 0) + coalesce(b.add_to_carts, 0) + coalesce(p.purchases, 0) > 0
