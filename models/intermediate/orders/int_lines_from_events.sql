{{ config(materialized='view') }}
-- One row per order line of the sources whose purchase events are what was sold: an order is an order id of these events, or what
-- is one customer's of an id that several share, and the purchases of a session that name no order are one order. Of what an
-- order tells again only the first instant counts; bots that pay have bought.
with purchases as (
    select
        e.row_number,
        e.session_id,
        coalesce(i.own_order_id, e.order_id) as order_id,
        e.product_id,
        e.occurred_at,
        coalesce(e.platform, s.platform) as channel,
        s.customer_id,
        nullif(e.value, 0) as paid,
        case when e.quantity > 0 then e.quantity else 1 end as quantity
    from {{ ref('int_session_events') }} as e
    inner join {{ ref('int_sessions') }} as s on e.session_id = s.session_id
    left join {{ ref('int_purchase_parts') }} as i on e.row_number = i.row_number
    anti join {{ ref('int_repeated_purchases') }} as r on e.row_number = r.row_number
    where
        e.event_type = 'purchase'
        and {{ counts_sales(source_of_id('e.visitor_id'), 'events', 'e.occurred_at') }}
),

order_ids as (
    select distinct order_id
    from purchases
    where order_id is not null
),

with_order as (
    select
        p.*,
        case
            when p.order_id is not null then p.order_id
            -- the session's id, unless a shop's order reads the same
            when o.order_id is not null then p.session_id || ' (session)'
            else p.session_id
        end as id
    from purchases as p
    left join order_ids as o on p.session_id = o.order_id
),

counted as (
    select *
    from with_order
    -- purchases of products if there are any, else what was paid in all
    qualify product_id is not null or count(product_id) over (partition by id) = 0
)

select
    w.id as order_id,
    row_number() over (partition by w.id order by w.occurred_at asc nulls last, w.row_number asc nulls last) as line_number,
    coalesce(w.product_id, '(not given)') as product_id,
    w.customer_id,
    w.occurred_at as ordered_at,
    cast(w.quantity as decimal(24, 6)) as quantity,
    -- an event's value is what was paid for all of it
    coalesce(cast({{ ratio('w.paid', 'w.quantity') }} as decimal(28, 6)), p.price) as unit_price,
    cast(0 as decimal(28, 6)) as discount_amount,
    cast(coalesce(w.paid, cast(w.quantity as decimal(38, 6)) * p.price) as decimal(18, 2)) as list_amount,
    cast(0 as decimal(18, 2)) as discount,
    cast(null as decimal(28, 6)) as unit_cost,
    'completed' as order_status,
    cast(null as timestamp) as returned_at,
    w.product_id is not null as is_product,
    w.channel,
    cast(null as string) as country,
    cast(null as string) as product_name,
    c.currency as original_currency,
    cast(1 as decimal(28, 10)) as exchange_rate
from counted as w
cross join {{ ref('int_currency') }} as c
left join {{ ref('int_listed_prices') }} as p on w.product_id = p.product_id
