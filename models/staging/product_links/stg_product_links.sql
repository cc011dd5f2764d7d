-- One row per product of a source that is said to be the same as another: accepted, each once.
select
    t.row_number,
    t.source_product_id,
    t.product_id
from {{ ref('stg_product_links__typed') }} as t
anti join {{ ref('stg_product_links__repeated') }} as r on t.row_number = r.row_number
where t.reject_reason is null
