-- One row per customer and day on which the customer bought or visited, as numbers; the day as days of the shop before its
-- last one, for a visit the day on which it ended. Left out are visits of bots, visits of whom a link without a time tells (at a
-- cut in the past nobody may have known it), and erased customers: nothing is predicted of them. Orders without a date are of
-- no day: the learned step leaves them out, and says so.
with orders as (
    select
        customer_id,
        ordered_at as happened_at,
        case when is_sale then 1 else 0 end as orders,
        gross_revenue,
        net_revenue,
        discount_amount,
        list_revenue,
        case when is_sale then products else 0 end as products,
        0 as sessions,
        0 as views,
        0 as add_to_carts
    from {{ ref('int_orders') }}
    where customer_id is not null
),

visits as (
    select
        customer_id,
        ended_at as happened_at,
        0 as orders,
        0 as gross_revenue,
        0 as net_revenue,
        0 as discount_amount,
        0 as list_revenue,
        0 as products,
        1 as sessions,
        views,
        add_to_carts
    from {{ ref('int_sessions') }}
    where
        customer_id is not null
        and is_customer_known_then
        and not is_bot
),

deeds as (
    select * from orders
    union all
    select * from visits
)

select
    c.customer_code,
    {{ shop_days_ago('d.happened_at', 'a.last_day') }} as age_days,
    cast(sum(d.orders) as bigint) as orders,
    cast(sum(d.gross_revenue) as double) as gross_revenue,
    cast(sum(d.net_revenue) as double) as net_revenue,
    cast(sum(d.discount_amount) as double) as discount_amount,
    cast(sum(d.list_revenue) as double) as list_revenue,
    cast(sum(d.products) as bigint) as products,
    cast(sum(d.sessions) as bigint) as sessions,
    cast(sum(d.views) as bigint) as views,
    cast(sum(d.add_to_carts) as bigint) as add_to_carts
from deeds as d
inner join {{ ref('int_customers') }} as c on d.customer_id = c.customer_id
cross join {{ ref('stg_as_of') }} as a
where not c.is_erased
group by c.customer_code, {{ shop_days_ago('d.happened_at', 'a.last_day') }}
-- a day on which something was only taken back is no day of a buyer or visitor
having sum(d.orders) + sum(d.sessions) > 0
