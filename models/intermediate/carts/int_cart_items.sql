-- One row per open cart and product in it. A visitor's cart holds what was put in within the last open_cart_days and
-- neither taken out nor bought since; it is named after the session in which something was last put in.
with cart_events as (
    select
        e.visitor_id,
        e.session_id,
        e.product_id,
        e.occurred_at,
        e.event_number,
        e.event_type
    from {{ ref('int_session_events') }} as e
    anti join {{ ref('int_bot_sessions') }} as b on e.session_id = b.session_id
    where e.event_type in ('add_to_cart', 'remove_from_cart', 'purchase')
),

-- what happened last to each product; null products are purchases that do not say of what, and empty the cart
last_events as (
    select *
    from cart_events
    qualify
        row_number() over (
            partition by visitor_id, product_id order by event_number desc nulls last
        ) = 1
),

put_in as (
    select
        l.visitor_id,
        l.session_id,
        l.product_id,
        l.occurred_at as added_at,
        l.event_number
    from last_events as l
    left join last_events as k on l.visitor_id = k.visitor_id and k.product_id is null
    cross join {{ ref('int_as_of') }} as a
    where
        l.event_type = 'add_to_cart'
        and l.product_id is not null
        and coalesce(l.event_number > k.event_number, true)
        and l.occurred_at >= a.as_of - interval '{{ var("open_cart_days") }} days'
),

-- the shop's orders know of purchases that the events do not
with_customer as (
    select
        p.*,
        c.customer_id
    from put_in as p
    left join {{ ref('int_session_customers') }} as c on p.session_id = c.session_id
    left join {{ ref('int_interactions') }} as i on c.customer_id = i.customer_id and p.product_id = i.product_id
    left join {{ ref('int_customers') }} as k on c.customer_id = k.customer_id
    where
        coalesce(i.last_purchased_at < p.added_at, true)
        and not coalesce(k.is_erased, false)
)

select
    first_value(session_id) over (partition by visitor_id order by event_number desc nulls last) as session_id,
    visitor_id,
    customer_id,
    product_id,
    added_at
from with_customer
