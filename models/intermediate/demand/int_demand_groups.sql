-- One row per level and group of which demand is forecast: the shop as a whole, and each first level of the products' categories;
-- what has no category is a group, too, and so is what is no product, such as postage, so that groups add up to the shop.
with named as (
    select distinct case when l.is_product then coalesce(p.category_level_1, '(none)') else '(no product)' end as group_id
    from {{ ref('int_order_lines') }} as l
    left join {{ ref('int_products') }} as p on l.product_id = p.product_id
    where l.is_sold
)

select
    'shop' as level,
    'shop' as group_id,
    0 as group_code
union all
select
    'category' as level,
    group_id,
    cast(row_number() over (order by group_id asc nulls last) as int) as group_code
from named
