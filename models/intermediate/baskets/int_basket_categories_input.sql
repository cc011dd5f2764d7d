-- One row per basket and category of its products, both as numbers; the category is null where none is known, so that
-- every basket counts but those of suspects. Empty where the shop has no categories.
select distinct
    cast(dense_rank() over (order by i.basket_id asc nulls last) as int) as basket_code,
    c.category_code as item_code
from {{ ref('int_basket_items') }} as i
inner join {{ ref('int_products') }} as p on i.product_id = p.product_id
left join {{ ref('int_category_codes') }} as c on p.category = c.category
anti join {{ ref('int_suspect_baskets') }} as q on i.basket_id = q.basket_id
where exists (select 1 from {{ ref('int_category_codes') }})
