-- One row per customer, code and order: a use of a code by somebody whom nobody erased, and whether it was for a first order.
-- Codes that differ in letters alone are one. A list of uses that names no orders tells again what orders tell.
with told as (
    select
        upper(coupon_code) as coupon,
        order_id,
        cast(null as string) as customer_id,
        cast(null as timestamp) as used_at
    from {{ ref('stg_order_lines') }}
    where coupon_code is not null
    union all
    select
        upper(coupon_code) as coupon,
        order_id,
        customer_id,
        used_at
    from {{ ref('stg_coupons') }}
),

uses as (
    select
        t.coupon,
        coalesce(t.customer_id, o.customer_id) as customer_id,
        coalesce(t.order_id, '') as order_id,
        min(coalesce(t.used_at, o.ordered_at)) as used_at,
        min(o.ordered_at) as ordered_at
    from told as t
    left join {{ ref('int_orders') }} as o on t.order_id = o.order_id
    where coalesce(t.customer_id, o.customer_id) is not null
    group by t.coupon, coalesce(t.customer_id, o.customer_id), coalesce(t.order_id, '')
    qualify
        coalesce(t.order_id, '') <> ''
        or max(coalesce(t.order_id, '')) over (partition by t.coupon, coalesce(t.customer_id, o.customer_id)) = ''
)

select
    u.coupon,
    u.customer_id,
    u.order_id,
    u.used_at,
    -- a code is often noted a little after its order, and some orders know the day alone
    coalesce(
        u.ordered_at <= f.first_ordered_at, {{ shop_day('u.used_at') }} <= {{ shop_day('f.first_ordered_at') }}, true
    ) as is_first_order,
    f.first_ordered_at
from uses as u
inner join {{ ref('int_customers') }} as c on u.customer_id = c.customer_id
left join {{ ref('int_first_orders') }} as f on u.customer_id = f.customer_id
where
    u.used_at is not null
    and not c.is_erased
