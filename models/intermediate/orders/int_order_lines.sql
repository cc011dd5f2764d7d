-- One row per order line, from whichever input the shop has: its order lines, or else the purchase events, one order
-- per purchasing session. Purchases are never counted from both.
with from_order_lines as (
    select
        order_id,
        coalesce(
            line_number,
            coalesce(max(line_number) over (partition by order_id), 0)
            + row_number() over (partition by order_id, line_number is null order by row_number asc nulls last)
        ) as line_number,
        product_id,
        customer_id,
        ordered_at,
        quantity,
        unit_price,
        discount_amount,
        order_status,
        returned_at,
        is_product,
        channel,
        country,
        product_name
    from {{ ref('stg_order_lines') }}
),

from_events as (
    select
        e.session_id as order_id,
        row_number() over (
            partition by e.session_id order by e.occurred_at asc nulls last, e.row_number asc nulls last
        ) as line_number,
        e.product_id,
        s.customer_id,
        e.occurred_at as ordered_at,
        cast(1 as decimal(18, 3)) as quantity,
        coalesce(nullif(e.value, 0), p.price) as unit_price,
        cast(0 as decimal(18, 4)) as discount_amount,
        'completed' as order_status,
        cast(null as timestamp) as returned_at,
        true as is_product,
        coalesce(e.platform, s.platform) as channel,
        cast(null as string) as country,
        cast(null as string) as product_name
    from {{ ref('int_session_events') }} as e
    inner join {{ ref('int_sessions') }} as s on e.session_id = s.session_id
    left join {{ ref('stg_products') }} as p on e.product_id = p.product_id
    where
        e.event_type = 'purchase'
        and e.product_id is not null
        and not s.is_bot
        and not exists (select 1 from {{ ref('stg_order_lines') }})
),

lines as (
    select * from from_order_lines
    union all
    select * from from_events
),

-- rounded once, here: everything above is a sum of these cents
with_amount as (
    select
        *,
        cast(quantity * coalesce(unit_price, 0) - discount_amount as decimal(18, 2)) as amount,
        -- goods at a price of zero are gifts, samples and corrections; a price that is not known is still a sale
        order_status = 'completed' and coalesce(unit_price, 1) > 0 as is_sold
    from lines
)

select
    *,
    case when order_status = 'completed' then amount else 0 end as gross_revenue,
    -- a credit note (negative quantity) takes back an earlier sale; a line cancelled or returned in place was never in
    case when order_status = 'completed' or quantity < 0 then amount else 0 end as net_revenue
from with_amount
