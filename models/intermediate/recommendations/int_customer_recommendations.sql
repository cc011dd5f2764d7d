-- One row per customer and rank, both sides as numbers. A table of its own, so that the engine knows how many rows there
-- are before it joins them: straight from the list it takes them for few, and holds millions in memory.
with chosen as (
    select
        run_id,
        {{ explode('recommendations') }} as item
    from {{ ref('ml_customer_recommendations') }}
)

select
    r.item.customer_code as customer_code,
    cast(r.item.recommendation_rank as int) as recommendation_rank,
    r.item.product_code as product_code,
    r.item.score as score,
    r.item.purchase_probability as purchase_probability,
    r.item.strategy as strategy,
    r.item.evidence as evidence,
    r.item.because_product_code as because_product_code,
    r.item.is_repurchase as is_repurchase,
    r.run_id
from chosen as r
