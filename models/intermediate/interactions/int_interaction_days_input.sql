-- One row per customer, product and day on which the customer did something with it, all as numbers; the day as days
-- of the shop before its last one. Bots are left out. Rows without a customer are guests, and visits of whom a link without a
-- time tells: at a cut nobody may have known it. What guests buy is demand (what they look at, where nothing is sold). Orders
-- without a date are of no day. Suspects are marked since when they are: they get lists, but teach nothing.
with is_selling as (
    select count(*) > 0 as is_true
    from {{ ref('int_order_lines') }} as l
    anti join {{ ref('int_products_left_out') }} as x on l.product_id = x.product_id
    where l.is_sold
),

behaviour as (
    select
        case when s.is_customer_known_then then s.customer_id end as customer_id,
        e.product_id,
        e.occurred_at as happened_at,
        cast(null as string) as order_id,
        case when e.event_type = 'add_to_cart' then 1 else 0 end as carts,
        case when e.event_type = 'view' then 1 else 0 end as views
    from {{ ref('int_session_events') }} as e
    inner join {{ ref('int_sessions') }} as s on e.session_id = s.session_id
    cross join is_selling
    left join {{ ref('int_suspect_sessions') }} as q on e.session_id = q.session_id
    where
        e.event_type in ('view', 'add_to_cart')
        and e.product_id is not null
        and not s.is_bot
        and not coalesce(q.is_known_then, false)
        and (s.is_customer_known_then or not is_selling.is_true)
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
    sum(cast(d.views as bigint)) as views,
    min({{ suspected_age('a.last_day') }}) as suspected_age_days
from deeds as d
cross join {{ ref('stg_as_of') }} as a
left join {{ ref('int_customers') }} as u on d.customer_id = u.customer_id
left join {{ ref('int_suspect_customers') }} as q on d.customer_id = q.customer_id
inner join {{ ref('int_product_codes') }} as c on d.product_id = c.product_id
anti join {{ ref('int_products_left_out') }} as x on d.product_id = x.product_id
group by u.customer_code, c.product_code, {{ shop_days_ago('d.happened_at', 'a.last_day') }}
