-- One row per thing that a customer chose in an order: goods of one category at one price are one choice, so that several
-- sizes of which one is kept are one, and kept. It came back where all of it did, in place or by credit notes, which take back
-- what was bought first; `kept_days` until then. What was taken back within a day never left the shop: a cancellation, or a
-- mistake.
with lines as (
    select
        o.customer_id,
        l.order_id,
        l.line_number,
        coalesce(p.category, l.product_id) as category,
        l.product_id,
        l.unit_price,
        l.ordered_at,
        l.quantity,
        l.order_status,
        l.returned_at
    from {{ ref('int_order_lines') }} as l
    inner join {{ ref('int_orders') }} as o on l.order_id = o.order_id
    left join {{ ref('int_products') }} as p on l.product_id = p.product_id
    where
        o.customer_id is not null
        and l.is_product
        and l.order_status <> 'cancelled'
        and l.quantity > 0
        and coalesce(l.unit_price, 1) > 0
),

with_end as (
    select
        l.*,
        l.order_status = 'returned' or c.order_id is not null as is_back,
        case when l.order_status = 'returned' then l.returned_at else greatest(c.credited_at, l.ordered_at) end as back_at
    from lines as l
    left join {{ ref('int_credited_lines') }} as c on l.order_id = c.order_id and l.line_number = c.line_number
)

select
    customer_id,
    order_id,
    category,
    unit_price,
    bool_and(is_back) as is_back,
    case when bool_and(is_back) then max(back_at) end as back_at,
    -- a credit note does not say of which order
    case
        when bool_and(order_status = 'returned') then {{ seconds_between('min(ordered_at)', 'max(back_at)') }} / 86400.0
    end as kept_days
from with_end
where not (is_back and coalesce(back_at < ordered_at + interval '1 day', false))
group by customer_id, order_id, category, unit_price
