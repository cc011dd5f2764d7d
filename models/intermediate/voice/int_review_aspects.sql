-- One row per review and aspect that it names: whether it praises or blames it.
with named as (
    select
        run_id,
        {{ explode('review_aspects') }} as item
    from {{ ref('ml_review_voice') }}
)

select
    r.review_id,
    r.product_id,
    r.customer_id,
    r.reviewed_on,
    n.item.aspect as aspect,
    n.item.is_found as is_found,
    n.item.sentiment as sentiment,
    n.item.probability as probability,
    n.run_id
from named as n
inner join {{ ref('int_reviews') }} as r on n.item.review_code = r.review_code
