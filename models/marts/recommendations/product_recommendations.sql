-- One row per product, method and rank: what goes with it or is like it. What may be recommended: see
-- int_products_shown_input. What staff rules for everyone boost and bury is placed among those found; pins are for lists of
-- people.
with pairs as (
    select * from {{ ref('int_product_pairs') }}
    union all
    select * from {{ ref('int_product_pairs_blended') }}
)

select
    k.product_id,
    s.method,
    cast(row_number() over (
        partition by k.product_id, s.method
        order by cast(s.score * coalesce(t.factor, 1) as decimal(18, 9)) desc nulls last, s.similarity_rank asc nulls last
    ) as int) as recommendation_rank,
    m.product_id as recommended_product_id,
    s.score,
    s.reason,
    t.rule as staff_rule,
    s.run_id,
    a.as_of
from pairs as s
inner join {{ ref('int_product_codes') }} as k on s.product_code = k.product_code
inner join {{ ref('int_product_codes') }} as m on s.similar_product_code = m.product_code
left join {{ ref('int_staff_rules_input') }} as t
    on t.group_code = 0 and t.action <> 'pin' and s.similar_product_code = t.product_code
cross join {{ ref('stg_as_of') }} as a
