-- One row per category and day on which something of it was sold: how much, and to how many. A model of its own, before that of
-- the shop, since both count distinct orders and customers of all lines, and each of them holds gigabytes.
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

-- numbers for names: half of what is held
product_groups as (
    select
        p.product_id,
        g.group_code
    from {{ ref('int_products') }} as p
    inner join {{ ref('int_demand_groups') }} as g on g.level = 'category' and coalesce(p.category_level_1, '(none)') = g.group_id
),

other_groups as (
    select
        max(case when group_id = '(none)' then group_code end) as without_category,
        max(case when group_id = '(no product)' then group_code end) as no_product
    from {{ ref('int_demand_groups') }}
    where level = 'category'
),

lines as (
    select
        l.order_id,
        l.customer_id,
        {{ shop_day('l.ordered_at') }} as sold_on,
        case when l.is_product then coalesce(p.group_code, o.without_category) else o.no_product end as group_code,
        l.gross_revenue,
        l.quantity
    from {{ ref('int_order_lines') }} as l
    left join product_groups as p on l.product_id = p.product_id
    cross join other_groups as o
    where
        l.is_sold
        and l.ordered_at is not null
)

select
    l.group_code,
    l.sold_on,
    count(distinct l.order_id) as orders,
    sum(l.gross_revenue) as revenue,
    sum(l.quantity) as units,
    count(distinct l.customer_id) as buyers,
    count(distinct case when f.first_sold_on = l.sold_on then l.customer_id end) as new_buyers
from lines as l
left join first_days as f on l.customer_id = f.customer_id
group by l.group_code, l.sold_on
