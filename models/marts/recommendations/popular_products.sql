-- One row per segment (and `all` for everyone) and rank: the products in demand now. A hundred for each.
select
    r.segment_id,
    r.popularity_rank,
    c.product_id,
    r.score,
    a.as_of
from {{ ref('int_popular_products') }} as r
inner join {{ ref('int_product_codes') }} as c on r.product_code = c.product_code
cross join {{ ref('stg_as_of') }} as a
