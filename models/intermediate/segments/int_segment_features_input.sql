-- One row per customer who has ordered or visited, as a number: behaviour up to as_of, one feature a column. Null where a
-- feature has no meaning for the customer, such as the days between orders of one who ordered once; and so are recency and
-- tenure where the shop's orders have no dates, for visits alone would say something else. Shares begin
-- with the second order: a single one is in the evening or not, and where most bought once, 0 or 1 for everybody would make
-- the segments. Suspects belong to a segment, but make none.
with features as (
    select
        c.customer_code,
        a.as_of,
        q.customer_id is not null as is_suspect,
        case when k.has_dates then coalesce(o.last_ordered_at, s.last_seen_at) end as last_active_at,
        case when k.has_dates then least(o.first_ordered_at, s.first_seen_at) end as first_active_at,
        coalesce(o.orders, 0) as orders,
        o.gross_revenue,
        o.returned_revenue,
        o.discount_amount,
        o.list_revenue,
        o.order_products,
        o.weekend_orders,
        o.evening_orders,
        o.average_days_between_orders,
        f.distinct_categories,
        f.distinct_products,
        coalesce(s.sessions, 0) as sessions,
        s.views,
        s.add_to_carts
    from {{ ref('int_customers') }} as c
    cross join {{ ref('stg_as_of') }} as a
    cross join {{ ref('int_order_dates') }} as k
    left join {{ ref('int_customer_orders') }} as o on c.customer_id = o.customer_id
    left join {{ ref('int_customer_sessions') }} as s on c.customer_id = s.customer_id
    left join {{ ref('int_customer_favourites') }} as f on c.customer_id = f.customer_id
    left join {{ ref('int_suspect_customers') }} as q on c.customer_id = q.customer_id
    where coalesce(o.orders, 0) + coalesce(s.sessions, 0) > 0
)

select
    customer_code,
    is_suspect,
    cast({{ whole_days_between('last_active_at', 'as_of') }} as double) as recency_days,
    cast({{ whole_days_between('first_active_at', 'as_of') }} as double) as tenure_days,
    cast(orders as double) as orders,
    cast(coalesce(gross_revenue, 0) as double) as gross_revenue,
    {{ ratio('gross_revenue', 'orders') }} as average_order_value,
    cast(average_days_between_orders as double) as average_days_between_orders,
    {{ ratio('order_products', 'orders') }} as products_per_order,
    cast(distinct_categories as double) as distinct_categories,
    case when orders > 1 then {{ ratio('distinct_products', 'order_products') }} end as variety_share,
    case when orders > 1 then {{ ratio('discount_amount', 'list_revenue') }} end as discount_share,
    case when orders > 1 then {{ ratio('returned_revenue', 'gross_revenue + returned_revenue') }} end as return_share,
    case when orders > 1 then {{ ratio('weekend_orders', 'orders') }} end as weekend_share,
    case when orders > 1 then {{ ratio('evening_orders', 'orders') }} end as evening_share,
    cast(sessions as double) as sessions,
    {{ ratio('views', 'sessions') }} as views_per_session,
    case when orders + sessions > 1 then {{ ratio('orders', 'orders + sessions') }} end as order_to_visit_share
from features
