-- Ranks count from 1 without a gap.
with ranks as (
    select
        'customer_recommendations' as table_name,
        customer_id as ranked_for,
        recommendation_rank as rank_of_product
    from {{ ref('customer_recommendations') }}
    union all
    select
        'product_recommendations' as table_name,
        method || ' ' || product_id as ranked_for,
        recommendation_rank as rank_of_product
    from {{ ref('product_recommendations') }}
    union all
    select
        'session_recommendations' as table_name,
        session_id as ranked_for,
        recommendation_rank as rank_of_product
    from {{ ref('session_recommendations') }}
    union all
    select
        'cart_recommendations' as table_name,
        session_id as ranked_for,
        recommendation_rank as rank_of_product
    from {{ ref('cart_recommendations') }}
    union all
    select
        'popular_products' as table_name,
        segment_id as ranked_for,
        popularity_rank as rank_of_product
    from {{ ref('popular_products') }}
)

select
    table_name,
    ranked_for,
    count(*) as products,
    min(rank_of_product) as first_rank,
    max(rank_of_product) as last_rank
from ranks
group by table_name, ranked_for
having
    min(rank_of_product) <> 1
    or max(rank_of_product) <> count(*)
    or count(distinct rank_of_product) <> count(*)
