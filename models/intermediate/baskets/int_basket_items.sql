-- One row per basket and product: the distinct products of one completed order, anonymous ones included.
select distinct
    order_id as basket_id,
    product_id
from {{ ref('int_order_lines') }}
where
    is_sold
    and is_product
