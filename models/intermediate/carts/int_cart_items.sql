-- One row per open cart and product in it. A visitor's cart holds what was put in within the last open_cart_days and
-- neither taken out nor bought since; it is named after the session in which the latest of it was put in.
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
    where
        e.event_type in ('add_to_cart', 'remove_from_cart', 'purchase')
        -- what was put in or taken out without a name is unknown
        and (e.product_id is not null or e.event_type = 'purchase')
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
    cross join {{ ref('stg_as_of') }} as a
    where
        l.event_type = 'add_to_cart'
        and l.product_id is not null
        and coalesce(l.event_number > k.event_number, true)
        and l.occurred_at >= a.as_of - interval '{{ var("open_cart_days") }} days'
),

-- the shop's orders know of purchases that the events do not
still_in as (
    select p.*
    from put_in as p
    anti join {{ ref('int_visitor_customers') }} as e on p.visitor_id = e.visitor_id and e.is_erased
    anti join (
        select
            v.visitor_id,
            i.product_id,
            max(i.last_purchased_at) as last_purchased_at
        from {{ ref('int_visitor_customers') }} as v
        inner join {{ ref('int_interactions') }} as i on v.customer_id = i.customer_id
        group by v.visitor_id, i.product_id
    ) as b on p.visitor_id = b.visitor_id and p.product_id = b.product_id and p.added_at <= b.last_purchased_at
)

select
    first_value(s.session_id) over (partition by s.visitor_id order by s.event_number desc nulls last) as session_id,
    s.visitor_id,
    v.customer_id,
    s.product_id,
    s.added_at
from still_in as s
left join {{ ref('int_visitor_customers') }} as v on s.visitor_id = v.visitor_id and v.is_latest
