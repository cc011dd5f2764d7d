-- One row per order line, from whichever input the shop has: its order lines, or else its purchase events. Purchases are
-- never counted from both.
with with_cost as (
    select
        l.*,
        -- without a price there is no amount
        coalesce(l.list_amount - l.discount, 0) as amount,
        -- goods at a price of zero are gifts, samples and corrections; a price that is not known is still a sale
        l.order_status = 'completed' and coalesce(l.unit_price, 1) > 0 as is_sold,
        -- what the line says it cost, else what the product costs today
        cast(cast(l.quantity as decimal(38, 6)) * coalesce(l.unit_cost, p.unit_cost) as decimal(18, 2)) as cost_amount,
        coalesce(v.void_amount, 0) as void_amount,
        z.zero_margin
    from (
        select * from {{ ref('int_lines_from_order_lines') }}
        union all
        select * from {{ ref('int_lines_from_events') }}
    ) as l
    cross join {{ ref('int_zero_margin') }} as z
    left join {{ ref('int_listed_prices') }} as p on l.product_id = p.product_id
    left join {{ ref('int_void_credits') }} as v on l.order_id = v.order_id and l.line_number = v.line_number
),

with_revenue as (
    select
        *,
        case when is_sold then amount else 0 end as gross_revenue,
        -- a credit note (negative quantity) takes back an earlier sale; a line cancelled or returned in place was never in
        case when is_sold then amount when quantity < 0 then amount + void_amount else 0 end as net_revenue
    from with_cost
)

select
    *,
    -- nothing is earned with a line that is not in the revenue; without price or cost nobody knows
    case
        when not is_sold then zero_margin
        when unit_price is not null then gross_revenue - cost_amount
    end as gross_margin,
    -- of goods that come back the cost comes back as well, in the share in which the credit counts
    case
        when not is_sold and (quantity > 0 or (void_amount > 0 and net_revenue = 0)) then zero_margin
        when unit_price is null then null
        when void_amount = 0 then net_revenue - cost_amount
        else cast(net_revenue - cost_amount * {{ ratio('net_revenue', 'amount') }} as decimal(18, 2))
    end as net_margin,
    case when is_sold and cost_amount is not null then gross_revenue else 0 end as costed_revenue
from with_revenue
