-- One row per thing that a customer chose in an order: goods of one category at one price are one choice, so that several sizes of
-- which one is kept are one, and kept. It came back where all of it did, in place or by credit notes; `kept_days` until then.
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
        and coalesce(l.unit_price, 1) > 0
),

credits as (
    select
        customer_id,
        product_id,
        sum(quantity) filter (where quantity > 0 and order_status = 'completed') as units,
        -sum(quantity) filter (where quantity < 0) as credited,
        max(ordered_at) filter (where quantity < 0) as credited_at
    from lines
    group by customer_id, product_id
    having min(quantity) < 0
),

with_end as (
    select
        l.*,
        l.order_status = 'returned' or coalesce(2 * c.credited >= c.units, false) as is_back,
        case when l.order_status = 'returned' then l.returned_at else c.credited_at end as back_at
    from lines as l
    left join credits as c on l.customer_id = c.customer_id and l.product_id = c.product_id
    where l.quantity > 0
)

select
    customer_id,
    order_id,
    category,
    unit_price,
    bool_and(is_back) as is_back,
    case when bool_and(is_back) then max(back_at) end as back_at,
    case when bool_and(is_back) then {{ seconds_between('min(ordered_at)', 'max(back_at)') }} / 86400.0 end as kept_days
from with_end
group by customer_id, order_id, category, unit_price
