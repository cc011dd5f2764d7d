{{ config(enabled=reads(trackers()), materialized='table') }}
-- One row per line of an order that the tracker tells of, and per line of a refund of a part. A refund of all that an order is
-- worth, or one that names neither items nor an amount, is no row: all lines of its order came back then, whatever was
-- refunded before. row_number is that of the event, ten thousand times, and the place of the line in it.
{% call(source) each_source(trackers()) %}
with sales as (
    select
        s.*,
        row(s.told_at, s.row_number) as told,
        coalesce(s.amount, l.value) as worth
    from {{ of_source(ref('src_trackers__sales'), source, trackers()) }} as s
    left join
        (select row_number, sum(value) as value from {{ of_source(ref('src_trackers__sale_lines'), source, trackers()) }} group by row_number) as l
        on s.row_number = l.row_number
),

orders as (
    select
        order_id,
        min_by(customer_id, told) as customer_id,
        min_by(occurred_at, told) as ordered_at,
        min_by(platform, told) as channel,
        min_by(country, told) as country,
        min_by(currency, told) as currency,
        sum(worth) as worth
    from sales
    where event_type = 'purchase'
    group by order_id
),

whole_refunds as (
    select
        r.order_id,
        min_by(r.occurred_at, r.told) as returned_at
    from sales as r
    inner join orders as o on r.order_id = o.order_id
    where
        r.event_type = 'refund'
        and coalesce(r.worth >= o.worth, not r.has_items)
    group by r.order_id
)

select
    l.row_number * 10000 + l.place as row_number,
    s.order_id,
    l.product_id,
    coalesce(o.ordered_at, s.occurred_at) as ordered_at,
    -- a refund may be told by the shop itself, which is no customer
    case when o.order_id is null then s.login_id else o.customer_id end as customer_id,
    cast(row_number() over (
        partition by s.order_id order by s.event_type asc nulls last, s.told asc nulls last, l.place asc nulls last
    ) as string) as line_number,
    cast(case when s.event_type = 'refund' then -l.pieces else l.pieces end as string) as quantity,
    cast(l.unit_price as string) as unit_price,
    cast(l.discount as string) as discount_amount,
    case when s.event_type = 'refund' or w.order_id is not null then 'returned' else 'completed' end as order_status,
    case when s.event_type = 'refund' then s.occurred_at else w.returned_at end as returned_at,
    case when l.is_product then 'true' else 'false' end as is_product,
    coalesce(o.channel, s.platform) as channel,
    coalesce(o.country, s.country) as country,
    l.product_name,
    case when l.is_product then l.product_id end as sku,
    coalesce(s.currency, o.currency) as currency,
    cast(null as string) as row_defect
from sales as s
inner join {{ of_source(ref('src_trackers__sale_lines'), source, trackers()) }} as l on s.row_number = l.row_number
left join orders as o on s.order_id = o.order_id
left join whole_refunds as w on s.order_id = w.order_id
where s.event_type = 'purchase' or w.order_id is null
{% endcall %}
