-- One row per product that recommendations know of, as a number: whether it may be recommended, and what is said of it.
select
    c.product_code,
    (p.is_available and s.product_id is null)
    or not exists (
        select 1 from {{ ref('recommendation_filters') }} where filter_name = 'unavailable' and is_active
    ) as is_available,
    cast(p.price as double) as price,
    k.category_code,
    p.product_name,
    p.description,
    p.category,
    p.brand
from {{ ref('int_products') }} as p
inner join {{ ref('int_product_codes') }} as c on p.product_id = c.product_id
left join {{ ref('int_category_codes') }} as k on p.category = k.category
left join {{ ref('int_products_soon_gone') }} as s on p.product_id = s.product_id
anti join {{ ref('int_products_left_out') }} as x on p.product_id = x.product_id
