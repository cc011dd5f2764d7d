-- One row per order that a visit tells of, with the first visit that does, and when it was placed.
with told as (
    select
        coalesce(p.own_order_id, e.order_id) as told_order_id,
        e.session_id,
        e.visitor_id,
        e.occurred_at,
        e.row_number
    from {{ ref('int_session_events') }} as e
    left join {{ ref('int_purchase_parts') }} as p on e.row_number = p.row_number
    where e.event_type = 'purchase'
),

-- purchases that name no order are one order of their session, which bears its name
named as (
    select
        t.*,
        t.told_order_id as order_id
    from told as t
    where t.told_order_id is not null
    {% for ending in ['', ' (session)'] %}
    union all
    select
        t.*,
        t.session_id || '{{ ending }}' as order_id
    from told as t
    where t.told_order_id is null
    {% endfor %}
)

select
    o.order_id,
    n.session_id,
    n.visitor_id,
    o.customer_id,
    -- many lists of orders know the day alone, and clocks differ: the visit tells when on that day
    case
        when n.occurred_at between o.ordered_at and o.ordered_at + interval '1 day' then n.occurred_at
        else o.ordered_at
    end as placed_at
from named as n
inner join {{ ref('int_orders') }} as o on n.order_id = o.order_id
qualify row_number() over (partition by o.order_id order by n.occurred_at asc nulls last, n.row_number asc nulls last) = 1
