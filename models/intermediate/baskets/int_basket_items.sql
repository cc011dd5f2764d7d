-- One row per basket and product: the distinct products of one completed order, anonymous ones included.
select distinct
    l.order_id as basket_id,
    l.product_id
from {{ ref('int_order_lines') }} as l
inner join {{ ref('int_products') }} as p on l.product_id = p.product_id
where
    l.is_sold
    and p.is_product
