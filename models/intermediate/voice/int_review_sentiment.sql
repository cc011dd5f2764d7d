-- One row per review: how it feels.
with scores as (
    select
        run_id,
        {{ explode('review_sentiment') }} as item
    from {{ ref('ml_review_voice') }}
)

select
    r.review_id,
    r.product_id,
    r.customer_id,
    r.reviewed_at,
    r.reviewed_on,
    r.rating,
    s.item.language as language,
    s.item.sentiment as sentiment,
    s.item.probability as probability,
    s.item.known_probability as known_probability,
    s.item.is_rating_contradicted as is_rating_contradicted,
    s.run_id
from scores as s
inner join {{ ref('int_reviews') }} as r on s.item.review_code = r.review_code
