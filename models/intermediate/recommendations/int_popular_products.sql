-- One row per segment (and `all` for everyone) and rank: a product in demand now, in the order in which
-- free places of lists are filled.
with listed as (
    select {{ explode('popular') }} as item
    from {{ ref('ml_customer_recommendations') }}
)

select
    coalesce(cast(item.segment_code as string), 'all') as segment_id,
    cast(item.popularity_rank as int) as popularity_rank,
    item.product_code as product_code,
    item.score as score
from listed
