-- One row per order and per visit of a customer, for what is counted in windows of time. What an order earned is the margin of
-- the lines whose cost is known and, of the others, the share of revenue that the shop earns with those.
with usual as (
    select {{ ratio('sum(known_margin)', 'sum(costed_revenue)') }} as margin_share
    from {{ ref('int_orders') }}
    where is_sale
)

select
    o.customer_id,
    o.ordered_at as acted_at,
    1 as orders,
    0 as visits,
    k.kinds,
    o.gross_revenue as revenue,
    cast(
        o.known_margin + coalesce((o.gross_revenue - o.costed_revenue) * u.margin_share, 0) as decimal(18, 2)
    ) as margin,
    o.costed_revenue
from {{ ref('int_orders') }} as o
cross join usual as u
inner join {{ ref('int_order_kinds') }} as k on o.order_id = k.order_id
where
    o.is_sale
    and o.customer_id is not null
    and o.ordered_at is not null
union all
select
    customer_id,
    started_at as acted_at,
    0 as orders,
    1 as visits,
    0 as kinds,
    cast(0 as decimal(18, 2)) as revenue,
    cast(0 as decimal(18, 2)) as margin,
    cast(0 as decimal(18, 2)) as costed_revenue
from {{ ref('int_sessions') }}
where
    customer_id is not null
    and not is_bot
