-- One row per segment (and `all` for everyone) and rank: the products in demand now. A hundred for each.
with of_segments as (
    select
        s.segment_id,
        d.customer_id,
        d.product_id,
        d.weight
    from {{ ref('int_product_demand') }} as d
    inner join {{ ref('int_customer_segments') }} as s on d.customer_id = s.customer_id
),

-- what is popular with a handful of people is about those people
shown_segments as (
    select segment_id
    from of_segments
    group by segment_id
    having count(distinct customer_id) >= {{ var('min_group_size') }}
),

demand as (
    select
        'all' as segment_id,
        product_id,
        weight
    from {{ ref('int_product_demand') }}
    union all
    select
        o.segment_id,
        o.product_id,
        o.weight
    from of_segments as o
    inner join shown_segments as n on o.segment_id = n.segment_id
),

scored as (
    select
        d.segment_id,
        d.product_id,
        sum(d.weight) as score
    from demand as d
    inner join {{ ref('int_products') }} as p on d.product_id = p.product_id
    where p.is_available
    group by d.segment_id, d.product_id
),

ranked as (
    select
        segment_id,
        cast(row_number() over (
            partition by segment_id order by score desc nulls last, product_id asc nulls last
        ) as int) as popularity_rank,
        product_id,
        score
    from scored
    where score > 0
)

select
    r.segment_id,
    r.popularity_rank,
    r.product_id,
    cast(r.score as double) as score,
    a.as_of
from ranked as r
cross join {{ ref('stg_as_of') }} as a
where r.popularity_rank <= 100
