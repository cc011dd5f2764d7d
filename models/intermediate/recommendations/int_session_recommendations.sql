-- One row per open session and rank, both sides as numbers. A table of its own, so that the engine knows how many rows there
-- are before it joins them.
with chosen as (
    select
        run_id,
        {{ explode('recommendations') }} as item
    from {{ ref('ml_session_recommendations') }}
)

select
    r.item.session_code as session_code,
    cast(r.item.recommendation_rank as int) as recommendation_rank,
    r.item.product_code as product_code,
    r.item.score as score,
    r.item.strategy as strategy,
    r.item.because_product_code as because_product_code,
    r.run_id
from chosen as r
