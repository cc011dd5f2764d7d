-- One row per customer with an order of any status: what the orders add up to, as known at as_of. Weekends and evenings
-- are the shop's, and null where orders have no dates.
with orders as (
    select *
    from {{ ref('int_orders') }}
    where customer_id is not null
)
select
    customer_id,
    min(ordered_at) filter (where is_sale) as first_ordered_at,
    max(ordered_at) filter (where is_sale) as last_ordered_at,
    count(*) filter (where is_sale) as orders,
    count(*) filter (where order_status = 'cancelled') as cancelled_orders,
    cast(sum(units) as double) as units,
    sum(products) as order_products,
    cast(sum(gross_revenue) as decimal(18, 2)) as gross_revenue,
    {{ sum_if_all_known('gross_margin') }} as gross_margin,
    cast(sum(costed_revenue) as decimal(18, 2)) as costed_revenue,
    cast(sum(net_revenue) as decimal(18, 2)) as net_revenue,
    {{ sum_if_all_known('net_margin') }} as net_margin,
    cast(sum(returned_revenue) as decimal(18, 2)) as returned_revenue,
    cast(sum(discount_amount) as decimal(18, 2)) as discount_amount,
    cast(sum(list_revenue) as decimal(18, 2)) as list_revenue,
    case
        when count(ordered_at) > 0
            then count(*) filter (where is_sale and {{ iso_weekday(local_time('ordered_at')) }} >= 6)
    end as weekend_orders,
    case
        when count(ordered_at) > 0
            then count(*) filter (where is_sale and extract(hour from {{ local_time('ordered_at') }}) >= 18)
    end as evening_orders,
    -- exact: whole microseconds; null for those who ordered once
    {{ seconds_between('min(ordered_at) filter (where is_sale)', 'max(ordered_at) filter (where is_sale)') }}
    / 86400.0 / nullif(count(*) filter (where is_sale) - 1, 0) as average_days_between_orders
from orders
group by customer_id
