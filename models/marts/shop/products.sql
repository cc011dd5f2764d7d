-- One row per product that any input names.
with sales as (
    select
        l.product_id,
        min(l.ordered_at) as first_sold_at,
        max(l.ordered_at) as last_sold_at,
        count(distinct l.order_id) as orders,
        count(distinct o.customer_id) as customers,
        sum(l.quantity) as units,
        sum(l.gross_revenue) as gross_revenue,
        {{ sum_if_all_known('l.gross_margin') }} as gross_margin,
        sum(l.costed_revenue) as costed_revenue
    from {{ ref('int_order_lines') }} as l
    inner join {{ ref('int_orders') }} as o on l.order_id = o.order_id
    where l.is_sold
    group by l.product_id
),

behaviour as (
    select
        e.product_id,
        count(*) filter (where e.event_type = 'view') as views,
        count(*) filter (where e.event_type = 'add_to_cart') as add_to_carts
    from {{ ref('int_session_events') }} as e
    -- bots are few: cheaper to look up than all sessions
    anti join {{ ref('int_bot_sessions') }} as b on e.session_id = b.session_id
    where e.product_id is not null
    group by e.product_id
),

ratings as (
    select
        product_id,
        count(*) as reviews,
        cast(avg(rating) as double) as average_rating
    from {{ ref('stg_reviews') }}
    group by product_id
)

select
    p.product_id,
    p.product_name,
    p.description,
    p.category,
    p.category_level_1,
    p.brand,
    p.price,
    p.unit_cost,
    p.is_available,
    p.stock_units,
    p.is_product,
    s.first_sold_at,
    s.last_sold_at,
    coalesce(s.orders, 0) as orders,
    coalesce(s.customers, 0) as customers,
    cast(coalesce(s.units, 0) as double) as units,
    cast(coalesce(s.gross_revenue, 0) as decimal(18, 2)) as gross_revenue,
    case when s.product_id is null then z.zero_margin else s.gross_margin end as gross_margin,
    {{ ratio('s.costed_revenue', 's.gross_revenue') }} as costed_revenue_share,
    coalesce(b.views, 0) as views,
    coalesce(b.add_to_carts, 0) as add_to_carts,
    coalesce(r.reviews, 0) as reviews,
    r.average_rating,
    {{ source_of_id('p.product_id') }} as source_system
from {{ ref('int_products') }} as p
cross join {{ ref('int_zero_margin') }} as z
left join sales as s on p.product_id = s.product_id
left join behaviour as b on p.product_id = b.product_id
left join ratings as r on p.product_id = r.product_id
