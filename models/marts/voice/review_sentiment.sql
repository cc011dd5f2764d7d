-- One row per review: how likely who writes so gives four or five stars, and whether the stars say otherwise.
select
    s.review_id,
    s.product_id,
    s.customer_id,
    s.reviewed_at,
    s.rating,
    s.sentiment,
    {{ finite('s.probability') }} as probability,
    {{ finite('s.known_probability') }} as known_probability,
    s.is_rating_contradicted,
    s.language,
    s.run_id,
    a.as_of
from {{ ref('int_review_sentiment') }} as s
cross join {{ ref('stg_as_of') }} as a
