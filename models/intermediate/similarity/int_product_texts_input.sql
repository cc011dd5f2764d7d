-- One row per product: what is said about it, for comparing texts.
select
    c.product_code,
    p.product_name,
    p.description,
    p.category,
    p.brand
from {{ ref('int_products') }} as p
inner join {{ ref('int_product_codes') }} as c on p.product_id = c.product_id
where p.is_product
