-- One row per product and other product that any method recommends, as numbers: the methods' ranks put together by
-- reciprocal rank fusion (Cormack et al., SIGIR 2009), 1 / (60 + rank) added up, since their scores do not compare. The
-- reason is that of the method with the best rank.
with fused as (
    select
        product_code,
        similar_product_code,
        sum(cast(1 as double) / nullif(60 + similarity_rank, 0)) as score,
        min_by(reason, lpad(cast(similarity_rank as string), 9, '0') || method) as reason,
        min_by(run_id, lpad(cast(similarity_rank as string), 9, '0') || method) as run_id
    from {{ ref('int_product_pairs') }}
    group by product_code, similar_product_code
)

select
    run_id,
    'blended' as method,
    product_code,
    similar_product_code,
    row_number() over (
        partition by product_code
        order by cast(score as decimal(18, 9)) desc nulls last, similar_product_code asc nulls last
    ) as similarity_rank,
    score,
    reason
from fused
qualify similarity_rank <= {{ var('similar_products_per_product') }}
