-- One row per basket and product, both as numbers. An order without products (postage alone) is no basket; those of suspects
-- teach nothing.
select
    cast(dense_rank() over (order by i.basket_id asc nulls last) as int) as basket_code,
    c.product_code
from {{ ref('int_basket_items') }} as i
inner join {{ ref('int_product_codes') }} as c on i.product_id = c.product_id
anti join {{ ref('int_suspect_baskets') }} as q on i.basket_id = q.basket_id
