-- One row per product and week in which it was sold: how much; weeks of seven days, counted back from the last whole day.
-- After the days, since both hold gigabytes of a large shop. depends_on: {{ ref('int_demand_days_input') }}
with lines as (
    select
        l.product_id,
        l.gross_revenue,
        l.quantity,
        {{ shop_day('l.ordered_at') }} as sold_on
    from {{ ref('int_order_lines') }} as l
    where
        l.is_sold
        and l.is_product
),

weeks as (
    select
        l.product_id,
        l.gross_revenue,
        l.quantity,
        cast(floor(
            {{ whole_days_between('cast(l.sold_on as timestamp)', 'cast(u.last_whole_day as timestamp)') }} / 7.0
        ) as int) as weeks_ago
    from lines as l
    cross join {{ ref('int_demand_until') }} as u
    where l.sold_on between u.first_day and u.last_whole_day
)

select
    p.product_code,
    g.group_code,
    w.weeks_ago,
    cast(sum(w.gross_revenue) as double) as revenue,
    cast(sum(w.quantity) as double) as units
from weeks as w
inner join {{ ref('int_product_codes') }} as p on w.product_id = p.product_id
inner join {{ ref('int_products') }} as c on w.product_id = c.product_id
inner join {{ ref('int_demand_groups') }} as g on g.level = 'category' and coalesce(c.category_level_1, '(none)') = g.group_id
group by p.product_code, g.group_code, w.weeks_ago
