-- One row per customer, product and day on which the customer did something with it, all as numbers; the day as days
-- of the shop before its last one. Bots are left out. A customer of null is everyone without a name: what they buy (look at,
-- in a shop without sales) is demand, too.
with behaviour as (
    select
        s.customer_id,
        e.product_id,
        e.occurred_at as happened_at,
        cast(null as string) as order_id,
        case when e.event_type = 'add_to_cart' then 1 else 0 end as carts,
        case when e.event_type = 'view' then 1 else 0 end as views
    from {{ ref('int_session_events') }} as e
    inner join {{ ref('int_sessions') }} as s on e.session_id = s.session_id
    where
        e.event_type in ('view', 'add_to_cart')
        and e.product_id is not null
        and not s.is_bot
        and (s.customer_id is not null or not exists (select 1 from {{ ref('int_order_lines') }} where is_sold))
),

purchases as (
    select
        o.customer_id,
        l.product_id,
        l.ordered_at as happened_at,
        l.order_id,
        0 as carts,
        0 as views
    from {{ ref('int_order_lines') }} as l
    inner join {{ ref('int_orders') }} as o on l.order_id = o.order_id
    where l.is_sold
),

deeds as (
    select * from behaviour
    union all
    select * from purchases
)

select
    u.customer_code,
    c.product_code,
    {{ shop_days_ago('d.happened_at', 'a.last_day') }} as age_days,
    count(distinct d.order_id) as purchases,
    sum(cast(d.carts as bigint)) as carts,
    sum(cast(d.views as bigint)) as views
from deeds as d
cross join {{ ref('stg_as_of') }} as a
left join {{ ref('int_customers') }} as u on d.customer_id = u.customer_id
inner join {{ ref('int_product_codes') }} as c on d.product_id = c.product_id
anti join {{ ref('int_products_left_out') }} as x on d.product_id = x.product_id
group by u.customer_code, c.product_code, {{ shop_days_ago('d.happened_at', 'a.last_day') }}
