-- One row per review: accepted, up to as_of, each once.
select
    t.row_number,
    t.review_id,
    t.product_id,
    t.reviewed_at,
    t.customer_id,
    t.rating,
    t.title,
    t.review_text
from {{ ref('stg_reviews__typed') }} as t
anti join {{ ref('stg_reviews__repeated') }} as r on t.row_number = r.row_number
where
    t.reject_reason is null
    and {{ known_at_as_of('t.reviewed_at') }}
