-- One row per product: accepted, each once.
select
    t.row_number,
    t.product_id,
    t.product_name,
    t.description,
    t.category,
    t.brand,
    t.price,
    t.is_available,
    t.image_path,
    t.unit_cost,
    t.currency
from {{ ref('stg_products__typed') }} as t
anti join {{ ref('stg_products__repeated') }} as r on t.row_number = r.row_number
where
    t.reject_reason is null
