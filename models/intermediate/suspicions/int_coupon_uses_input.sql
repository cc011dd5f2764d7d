-- One row per use of a code that at least eight customers used, eight in ten times for a first order and hardly anybody twice:
-- who, as a number, and how many days ago. With how many newcomers there were while the code was in use.
with codes as (
    select
        coupon,
        min(used_at) as first_used_at,
        max(used_at) as last_used_at
    from {{ ref('int_coupon_uses') }}
    group by coupon
    having
        count(distinct customer_id) >= 8
        and count(*) filter (where is_first_order) >= 0.8 * count(*)
        and count(*) <= 1.1 * count(distinct customer_id)
),

newcomers as (
    select
        c.coupon,
        count(*) as newcomers
    from codes as c
    inner join {{ ref('int_first_orders') }} as f on f.first_ordered_at between c.first_used_at and c.last_used_at
    group by c.coupon
)

select
    u.coupon,
    p.customer_code,
    cast({{ seconds_between('min(u.used_at)', 'a.as_of') }} / 86400 as double) as age_days,
    coalesce(n.newcomers, 0) as newcomers
from {{ ref('int_coupon_uses') }} as u
inner join codes as c on u.coupon = c.coupon
left join newcomers as n on u.coupon = n.coupon
inner join {{ ref('int_customers') }} as p on u.customer_id = p.customer_id
cross join {{ ref('stg_as_of') }} as a
group by u.coupon, p.customer_code, n.newcomers, a.as_of
