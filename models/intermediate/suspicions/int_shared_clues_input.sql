-- One row per customer whom nobody erased and thing that they share with another customer: an address that orders went to, a
-- payer, a device; all as numbers. The things themselves are hashes already.
with of_orders as (
    select
        o.customer_id,
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
        shipping_address as clue
    from of_orders
    union
    select
        customer_id,
        'payer' as kind,
        payment_name as clue
    from of_orders
    union
    select
        coalesce(e.customer_id, c.customer_id) as customer_id,
        'device' as kind,
        e.device_id as clue
    from {{ ref('stg_events') }} as e
    left join {{ ref('int_visitor_customers') }} as c on e.visitor_id = c.visitor_id and c.is_latest
    where e.device_id is not null
),

known as (
    select
        p.customer_code,
        c.kind,
        c.clue,
        count(*) over (partition by c.kind, c.clue) as customers
    from clues as c
    inner join {{ ref('int_customers') }} as p on c.customer_id = p.customer_id
    where
        c.clue is not null
        and not p.is_erased
)

select
    customer_code,
    kind,
    cast(dense_rank() over (order by kind asc nulls last, clue asc nulls last) as int) as clue_code
from known
where customers > 1
