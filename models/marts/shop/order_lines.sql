-- One row per order line, of any status.
select
    l.order_id,
    l.line_number,
    l.product_id,
    p.product_name,
    o.customer_id,
    l.ordered_at,
    cast(l.quantity as double) as quantity,
    cast(l.unit_price as decimal(18, 2)) as unit_price,
    cast(l.discount_amount as decimal(18, 2)) as discount_amount,
    cast(l.cost_amount as decimal(18, 2)) as cost_amount,
    l.order_status,
    l.returned_at,
    l.is_product,
    cast(l.gross_revenue as decimal(18, 2)) as gross_revenue,
    cast(l.gross_margin as decimal(18, 2)) as gross_margin,
    {{ ratio('l.costed_revenue', 'l.gross_revenue') }} as costed_revenue_share,
    cast(l.net_revenue as decimal(18, 2)) as net_revenue,
    cast(l.net_margin as decimal(18, 2)) as net_margin,
    c.currency,
    l.original_currency,
    cast(l.exchange_rate as double) as exchange_rate,
    {{ source_of_id('l.order_id') }} as source_system
from {{ ref('int_order_lines') }} as l
inner join {{ ref('int_orders') }} as o on l.order_id = o.order_id
cross join {{ ref('int_currency') }} as c
left join {{ ref('int_products') }} as p on l.product_id = p.product_id
