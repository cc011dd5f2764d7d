-- One row per product with a vector: accepted, each once.
select
    t.row_number,
    t.product_id,
    t.vector
from {{ ref('stg_product_vectors__typed') }} as t
anti join {{ ref('stg_product_vectors__repeated') }} as r on t.row_number = r.row_number
where
    t.reject_reason is null
