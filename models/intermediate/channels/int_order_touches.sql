-- One row per order: the numbers of the first touch of its buyer and of the last that brought it, and of how many it had. A
-- touch is one only if it began, and it was known whose it was, by the instant of the order.
with buyers as (
    select
        s.order_id,
        coalesce(v.placed_at, s.ordered_at) as placed_at,
        s.sale_channel,
        coalesce(s.customer_id, {{ person_of_device('v.visitor_id') }}) as person_id
    from {{ ref('int_order_channels_of_sale') }} as s
    left join {{ ref('int_order_sessions') }} as v on s.order_id = v.order_id
)

select
    b.order_id,
    b.person_id,
    count(*) filter (where not t.is_web_sale) as touches,
    min(t.touch_number) as first_touch_number,
    -- what is sold at a till has that as its last touch; else the last visit of the quarter that says who sent it, else the last
    -- that says nothing
    coalesce(
        max(t.touch_number) filter (where t.touch_id = b.order_id and b.sale_channel is not null),
        max(t.touch_number) filter (
            where b.sale_channel is null and t.is_web_visit and not t.is_direct
            and t.touched_at >= b.placed_at - interval '{{ var("channel_lookback_days") }} days'
        ),
        max(t.touch_number) filter (where b.sale_channel is null and t.is_web_visit and t.is_direct)
    ) as last_touch_number
from buyers as b
inner join {{ ref('int_touches') }} as t
    on
        b.person_id = t.person_id
        and b.placed_at >= t.touched_at
        and b.placed_at >= t.known_at
        and coalesce(b.placed_at < t.known_until, true)
group by b.order_id, b.person_id
