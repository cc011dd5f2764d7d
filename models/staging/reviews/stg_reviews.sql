-- One row per review: accepted, up to as_of, each once.
select
    t.row_number,
    t.review_id,
    {{ one_product('t.product_id') }} as product_id,
    t.reviewed_at,
    {{ one_customer('t.customer_id') }} as customer_id,
    t.rating,
    t.title,
    t.review_text
from {{ ref('stg_reviews__typed') }} as t {{ join_customers('t.customer_id') }} {{- join_products('t.product_id') }}
anti join {{ ref('stg_reviews__repeated') }} as r on t.row_number = r.row_number
where
    t.reject_reason is null
    and {{ known_at_as_of('t.reviewed_at') }}
