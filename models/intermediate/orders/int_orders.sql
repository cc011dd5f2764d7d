-- One row per order: completed if any line is, else returned if any line is, else cancelled. Its customer is that of the
-- first line that names one.
with lines as (
    select * from {{ ref('int_order_lines') }}
)

select
    order_id,
    min_by(customer_id, line_number) filter (where customer_id is not null) as customer_id,
    min(ordered_at) as ordered_at,
    case
        when bool_or(order_status = 'completed') then 'completed'
        when bool_or(order_status = 'returned') then 'returned'
        else 'cancelled'
    end as order_status,
    -- counts as an order of the customer: something was sold
    bool_or(is_sold) as is_sale,
    min(channel) as channel,
    min(country) as country,
    count(*) as lines,
    count(distinct case when is_sold and is_product then product_id end) as products,
    sum(case when is_sold and is_product then quantity else 0 end) as units,
    cast(sum(gross_revenue) as decimal(18, 2)) as gross_revenue,
    cast(sum(case when is_sold and unit_price is not null then discount else 0 end) as decimal(18, 2)) as discount_amount,
    cast(sum(case when is_sold then list_amount else 0 end) as decimal(18, 2)) as list_revenue,
    -- what was credited for a return in place has come back once, not twice
    cast(sum(case when order_status = 'returned' then abs(amount + void_amount) else 0 end) as decimal(18, 2))
        as returned_revenue,
    cast(sum(net_revenue) as decimal(18, 2)) as net_revenue,
    {{ sum_if_all_known('gross_margin') }} as gross_margin,
    {{ sum_if_all_known('net_margin') }} as net_margin,
    cast(sum(costed_revenue) as decimal(18, 2)) as costed_revenue,
    -- of the lines whose cost is known
    cast(sum(coalesce(gross_margin, 0)) as decimal(18, 2)) as known_margin
from lines
group by order_id
