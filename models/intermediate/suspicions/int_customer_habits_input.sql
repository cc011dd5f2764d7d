-- One row per customer with three orders or five visits whom nobody erased: habits by which one may be unlike all others.
with reviews as (
    select
        customer_id,
        count(*) as reviews
    from {{ ref('int_reviews') }}
    group by customer_id
)

select
    c.customer_code,
    cast(coalesce(o.orders, 0) as double) as orders,
    {{ ratio('o.gross_revenue', 'o.orders') }} as average_order_value,
    {{ ratio('o.returned_revenue', 'o.gross_revenue + o.returned_revenue') }} as returned_share,
    {{ ratio('o.cancelled_orders', 'o.orders + o.cancelled_orders') }} as cancelled_share,
    {{ ratio('o.discount_amount', 'o.list_revenue') }} as discount_share,
    {{ ratio('o.order_products', 'o.orders') }} as products_per_order,
    cast(coalesce(s.sessions, 0) as double) as visits,
    {{ ratio('s.views', 's.sessions') }} as views_per_visit,
    {{ ratio('s.add_to_carts', 's.sessions') }} as carts_per_visit,
    cast(coalesce(r.reviews, 0) as double) as reviews,
    cast({{ seconds_between('greatest(o.last_ordered_at, s.last_seen_at)', 'a.as_of') }} / 86400 as double) as age_days
from {{ ref('int_customers') }} as c
cross join {{ ref('stg_as_of') }} as a
left join {{ ref('int_customer_orders') }} as o on c.customer_id = o.customer_id
left join {{ ref('int_customer_sessions') }} as s on c.customer_id = s.customer_id
left join reviews as r on c.customer_id = r.customer_id
where
    not c.is_erased
    and (coalesce(o.orders, 0) >= 3 or coalesce(s.sessions, 0) >= 5)
