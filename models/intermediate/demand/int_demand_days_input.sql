-- One row per level, group and whole day on which something of it was sold: how much, and to how many; the day as days before the
-- last whole one. A returning buyer of a day had bought on an earlier day, a new one had not.
with first_days as (
    select
        customer_id,
        min({{ shop_day('ordered_at') }}) as first_sold_on
    from {{ ref('int_order_lines') }}
    where
        is_sold
        and ordered_at is not null
        and customer_id is not null
    group by customer_id
),

shop_days as (
    select
        {{ shop_day('l.ordered_at') }} as sold_on,
        count(distinct l.order_id) as orders,
        sum(l.gross_revenue) as revenue,
        sum(l.quantity) as units,
        count(distinct l.customer_id) as buyers,
        count(distinct case when f.first_sold_on = {{ shop_day('l.ordered_at') }} then l.customer_id end) as new_buyers
    from {{ ref('int_order_lines') }} as l
    left join first_days as f on l.customer_id = f.customer_id
    where
        l.is_sold
        and l.ordered_at is not null
    group by {{ shop_day('l.ordered_at') }}
),

days as (
    select
        g.level,
        g.group_code,
        s.sold_on,
        s.orders,
        s.revenue,
        s.units,
        s.buyers,
        s.new_buyers
    from shop_days as s
    inner join {{ ref('int_demand_groups') }} as g on g.level = 'shop'
    union all
    select
        'category' as level,
        group_code,
        sold_on,
        orders,
        revenue,
        units,
        buyers,
        new_buyers
    from {{ ref('int_demand_category_days') }}
)

select
    d.level,
    d.group_code,
    {{ whole_days_between('cast(d.sold_on as timestamp)', 'cast(u.last_whole_day as timestamp)') }} as age_days,
    d.orders,
    cast(d.revenue as double) as revenue,
    cast(d.units as double) as units,
    d.buyers,
    d.buyers - d.new_buyers as returning_buyers,
    d.new_buyers
from days as d
cross join {{ ref('int_demand_until') }} as u
where d.sold_on between u.first_day and u.last_whole_day
