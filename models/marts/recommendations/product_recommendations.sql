-- One row per product, method and rank: what goes with it or is like it. Only products that can be had are recommended.
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

select
    k.product_id,
    s.method,
    cast(row_number() over (
        partition by k.product_id, s.method order by s.similarity_rank asc nulls last
    ) as int) as recommendation_rank,
    m.product_id as recommended_product_id,
    s.score,
    s.reason,
    s.run_id,
    a.as_of
from pairs as s
inner join {{ ref('int_product_codes') }} as k on s.product_code = k.product_code
inner join {{ ref('int_product_codes') }} as m on s.similar_product_code = m.product_code
inner join {{ ref('int_products') }} as p on m.product_id = p.product_id
cross join {{ ref('int_as_of') }} as a
where p.is_available
