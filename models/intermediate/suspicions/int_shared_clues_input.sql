-- One row per customer whom nobody erased and thing that they share with another customer: an address that orders went to, a
-- payer, a device; all as numbers, and how many days ago it was first seen with them. The things themselves are hashes already.
with of_orders as (
    select
        o.customer_id,
        o.ordered_at as seen_at,
        l.shipping_address,
        l.payment_name
    from {{ ref('stg_order_lines') }} as l
    inner join {{ ref('int_orders') }} as o on l.order_id = o.order_id
    where
        o.customer_id is not null
        and (l.shipping_address is not null or l.payment_name is not null)
),

clues as (
    select
        customer_id,
        'address' as kind,
        shipping_address as clue,
        seen_at
    from of_orders
    union all
    select
        customer_id,
        'payer' as kind,
        payment_name as clue,
        seen_at
    from of_orders
    union all
    select
        coalesce(e.customer_id, c.customer_id) as customer_id,
        'device' as kind,
        e.device_id as clue,
        e.occurred_at as seen_at
    from {{ ref('stg_events') }} as e
    left join {{ ref('int_visitor_customers') }} as c on e.visitor_id = c.visitor_id and c.is_latest
    where e.device_id is not null
),

known as (
    select
        p.customer_code,
        c.kind,
        c.clue,
        min(c.seen_at) as seen_at,
        count(*) over (partition by c.kind, c.clue) as customers
    from clues as c
    inner join {{ ref('int_customers') }} as p on c.customer_id = p.customer_id
    where
        c.clue is not null
        and not p.is_erased
    group by p.customer_code, c.kind, c.clue
)

select
    k.customer_code,
    k.kind,
    cast(dense_rank() over (order by k.kind asc nulls last, k.clue asc nulls last) as int) as clue_code,
    cast({{ seconds_between('k.seen_at', 'a.as_of') }} / 86400 as double) as age_days
from known as k
cross join {{ ref('stg_as_of') }} as a
where k.customers > 1
