-- One row per order line, from whichever input the shop has: its order lines, or else the purchase events, one order
-- per purchasing session. Purchases are never counted from both.
with highest as (
    select order_id, max(line_number) as line_number
    from {{ ref('stg_order_lines') }}
    where line_number is not null
    group by order_id
),

-- narrow, for a window sorts its whole input
unnumbered as (
    select
        l.row_number,
        coalesce(h.line_number, 0) + row_number() over (partition by l.order_id order by l.row_number asc nulls last)
            as line_number
    from {{ ref('stg_order_lines') }} as l
    left join highest as h on l.order_id = h.order_id
    where l.line_number is null
),

from_order_lines as (
    select
        l.order_id,
        coalesce(l.line_number, u.line_number) as line_number,
        l.product_id, l.customer_id, l.ordered_at, l.quantity, l.unit_price, l.discount_amount,
        l.order_status, l.returned_at, l.is_product, l.channel, l.country, l.product_name
    from {{ ref('stg_order_lines') }} as l
    left join unnumbered as u on l.row_number = u.row_number
),

from_events as (
    select
        e.session_id as order_id,
        row_number() over (
            partition by e.session_id order by e.occurred_at asc nulls last, e.row_number asc nulls last
        ) as line_number,
        coalesce(e.product_id, '(not given)') as product_id,
        s.customer_id,
        e.occurred_at as ordered_at,
        cast(1 as decimal(18, 3)) as quantity,
        coalesce(nullif(e.value, 0), p.price) as unit_price,
        cast(0 as decimal(18, 4)) as discount_amount,
        'completed' as order_status, cast(null as timestamp) as returned_at, e.product_id is not null as is_product,
        coalesce(e.platform, s.platform) as channel, cast(null as string) as country, cast(null as string) as product_name
    from {{ ref('int_session_events') }} as e
    inner join {{ ref('int_sessions') }} as s on e.session_id = s.session_id
    left join {{ ref('stg_products') }} as p on e.product_id = p.product_id
    where
        e.event_type = 'purchase'
        and not s.is_bot
        and not exists (select 1 from {{ ref('stg_order_lines') }})
    -- purchases of products if there are any, else what was paid in all
    qualify e.product_id is not null or count(e.product_id) over (partition by e.session_id) = 0
),

-- rounded once, here: everything above is a sum of these cents
with_amount as (
    select
        *,
        cast(cast(quantity as decimal(38, 3)) * unit_price as decimal(18, 2)) as list_amount,
        -- a credit note gives back what was paid, so its discount has the other sign
        cast(case when quantity < 0 then -discount_amount else discount_amount end as decimal(18, 2)) as discount,
        -- without a price there is no amount
        coalesce(list_amount - discount, 0) as amount,
        -- goods at a price of zero are gifts, samples and corrections; a price that is not known is still a sale
        order_status = 'completed' and coalesce(unit_price, 1) > 0 as is_sold
    from (
        select * from from_order_lines
        union all
        select * from from_events
    ) as lines
)

select
    *,
    case when is_sold then amount else 0 end as gross_revenue,
    -- a credit note (negative quantity) takes back an earlier sale; a line cancelled or returned in place was never in
    case when is_sold or quantity < 0 then amount else 0 end as net_revenue
from with_amount
