-- One row per row that repeats another. Of several rows for a key the first stays.
with valid as (
    select *
    from {{ ref('stg_product_vectors__typed') }}
    where
        reject_reason is null
),

ranked as (
    select
        row_number,
        row_number() over (
            partition by {{ canonical_columns('product_vectors') | join(', ') }}
            order by row_number asc nulls last
        ) as copy_rank,
        row_number() over (
            partition by product_id
            order by row_number asc nulls last
        ) as key_rank
    from valid
)

select
    row_number,
    case when copy_rank > 1 then 'exact duplicate of another row' else 'another row has the same key' end as reject_reason
from ranked
where key_rank > 1
