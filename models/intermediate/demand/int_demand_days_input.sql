-- One row per level, group and whole day on which something of it was sold: how much, and to how many; the day as days before the
-- last whole one. A returning buyer of a day had bought on an earlier day, a new one had not.
with order_parts as (
    select
        l.order_id,
        min(l.customer_id) as customer_id,
        {{ shop_day('l.ordered_at') }} as sold_on,
        case when l.is_product then coalesce(p.category_level_1, '(none)') else '(no product)' end as category,
        sum(l.gross_revenue) as revenue,
        sum(l.quantity) as units
    from {{ ref('int_order_lines') }} as l
    left join {{ ref('int_products') }} as p on l.product_id = p.product_id
    where
        l.is_sold
        and l.ordered_at is not null
    group by
        l.order_id,
        {{ shop_day('l.ordered_at') }},
        case when l.is_product then coalesce(p.category_level_1, '(none)') else '(no product)' end
),

first_days as (
    select
        customer_id,
        min(sold_on) as first_sold_on
    from order_parts
    where customer_id is not null
    group by customer_id
),

in_groups as (
    select
        'shop' as level,
        'shop' as group_id,
        sold_on,
        customer_id,
        sum(revenue) as revenue,
        sum(units) as units
    from order_parts
    group by order_id, sold_on, customer_id
    union all
    select
        'category' as level,
        category as group_id,
        sold_on,
        customer_id,
        revenue,
        units
    from order_parts
)

select
    i.level,
    g.group_code,
    {{ whole_days_between('cast(i.sold_on as timestamp)', 'cast(u.last_whole_day as timestamp)') }} as age_days,
    count(*) as orders,
    cast(sum(i.revenue) as double) as revenue,
    cast(sum(i.units) as double) as units,
    count(distinct i.customer_id) as buyers,
    count(distinct case when f.first_sold_on < i.sold_on then i.customer_id end) as returning_buyers,
    count(distinct case when f.first_sold_on = i.sold_on then i.customer_id end) as new_buyers
from in_groups as i
inner join {{ ref('int_demand_groups') }} as g on i.level = g.level and i.group_id = g.group_id
cross join {{ ref('int_demand_until') }} as u
left join first_days as f on i.customer_id = f.customer_id
where i.sold_on between u.first_day and u.last_whole_day
group by
    i.level, g.group_code, {{ whole_days_between('cast(i.sold_on as timestamp)', 'cast(u.last_whole_day as timestamp)') }}
