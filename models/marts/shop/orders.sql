-- One row per order, of any status.
with numbered as (
    select
        order_id,
        row_number() over (partition by customer_id order by ordered_at asc nulls last, order_id asc nulls last)
            as customer_order_number
    from {{ ref('int_orders') }}
    where
        customer_id is not null
        and is_sale
)

select
    o.order_id,
    o.customer_id,
    o.ordered_at,
    o.order_status,
    o.channel,
    o.country,
    o.lines,
    o.products,
    cast(o.units as double) as units,
    o.list_revenue,
    o.discount_amount,
    o.gross_revenue,
    o.gross_margin,
    {{ ratio('o.costed_revenue', 'o.gross_revenue') }} as costed_revenue_share,
    o.returned_revenue,
    o.net_revenue,
    o.net_margin,
    c.currency,
    n.customer_order_number,
    -- without a date the number is only a number
    case when o.ordered_at is not null then n.customer_order_number = 1 end as is_first_order,
    o.is_sale,
    {{ shop_day('o.ordered_at') }} as order_date,
    {{ source_of_id('o.order_id') }} as source_system
from {{ ref('int_orders') }} as o
cross join {{ ref('int_currency') }} as c
left join numbered as n on o.order_id = n.order_id
