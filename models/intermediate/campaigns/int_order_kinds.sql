-- One row per sale: whether a product of each of the shop's five largest categories was in it, and through which of its three
-- largest channels it came; by these customers may differ in what a campaign moves them to.
with categories as (
    select
        p.category_level_1 as category,
        row_number() over (
            order by count(distinct l.order_id) desc nulls last, p.category_level_1 asc nulls last
        ) as place
    from {{ ref('int_order_lines') }} as l
    inner join {{ ref('int_products') }} as p on l.product_id = p.product_id
    where
        l.is_sold
        and p.category_level_1 is not null
    group by p.category_level_1
),

channels as (
    select
        channel,
        row_number() over (order by count(*) desc nulls last, channel asc nulls last) as place
    from {{ ref('int_orders') }}
    where
        is_sale
        and channel is not null
    group by channel
),

of_lines as (
    select
        {% for place in range(1, 6) %}
        max(case when c.place = {{ place }} then 1 else 0 end) as category_{{ place }},
        {% endfor %}
        l.order_id
    from {{ ref('int_order_lines') }} as l
    inner join {{ ref('int_products') }} as p on l.product_id = p.product_id
    inner join categories as c on p.category_level_1 = c.category and c.place <= 5
    where l.is_sold
    group by l.order_id
)

select
    o.order_id,
    -- a bit for each, so that millions of customers are added up in little memory
    0
    {% for place in range(1, 6) %}
    + {{ 2 ** (place - 1) }} * coalesce(l.category_{{ place }}, 0)
    {% endfor %}
    {% for place in range(1, 4) %}
    + {{ 2 ** (place + 4) }} * case when c.place = {{ place }} then 1 else 0 end
    {% endfor %} as kinds
from {{ ref('int_orders') }} as o
left join of_lines as l on o.order_id = l.order_id
left join channels as c on o.channel = c.channel
where o.is_sale
