-- One row per product and aspect that enough of its reviews name: what is praised and blamed, beside its category.
with figures as (
    select
        run_id,
        {{ explode('product_voice') }} as item
    from {{ ref('ml_review_voice') }}
)

select
    p.product_id,
    f.item.aspect as aspect,
    f.item.reviews as reviews,
    f.item.praised as praised,
    f.item.praised_share as praised_share,
    f.item.ci_low as ci_low,
    f.item.ci_high as ci_high,
    f.item.category_reviews as category_reviews,
    f.item.category_share as category_share,
    f.item.difference as difference,
    f.item.p_value as p_value,
    f.item.q_value as q_value,
    f.item.example as example,
    f.run_id
from figures as f
inner join {{ ref('int_product_codes') }} as p on f.item.product_code = p.product_code
