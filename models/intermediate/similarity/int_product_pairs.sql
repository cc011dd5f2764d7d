-- One row per product, method and other product that it recommends, as numbers: what goes with it or is like it.
with bought_together as (
    select
        run_id,
        {{ explode('similar_products') }} as pair
    from {{ ref('ml_products_bought_together') }}
),

viewed_together as (
    select
        run_id,
        {{ explode('similar_products') }} as pair
    from {{ ref('ml_products_viewed_together') }}
),

similar_content as (
    select
        run_id,
        {{ explode('similar_products') }} as pair
    from {{ ref('ml_products_similar_content') }}
),

pairs as (
    select
        run_id,
        'bought_together' as method,
        pair.product_code,
        pair.similar_product_code,
        pair.similarity_rank,
        pair.score,
        'In ' || cast(pair.co_occurrences as string) || ' baskets together' as reason
    from bought_together
    union all
    select
        run_id,
        'viewed_together' as method,
        pair.product_code,
        pair.similar_product_code,
        pair.similarity_rank,
        pair.score,
        'Looked at together in ' || cast(pair.co_occurrences as string) || ' visits' as reason
    from viewed_together
    union all
    select
        run_id,
        'similar_content' as method,
        pair.product_code,
        pair.similar_product_code,
        pair.similarity_rank,
        pair.score,
        'Alike: ' || pair.reason_terms as reason
    from similar_content
)

select *
from pairs
