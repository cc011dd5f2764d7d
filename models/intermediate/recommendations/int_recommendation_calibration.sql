-- One row per bin of recommendations by their purchase probability: what was predicted, and what came.
with bins as (
    select
        run_id,
        {{ explode('calibration') }} as item
    from {{ ref('ml_customer_recommendations') }}
)

select
    b.item.bin as bin,
    b.item.recommendations as recommendations,
    b.item.predicted as predicted,
    b.item.observed as observed,
    b.run_id
from bins as b
