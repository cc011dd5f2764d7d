-- One row per row that repeats another; the first stays. A visitor may have several customers: only whole rows repeat.
with valid as (
    select *
    from {{ ref('stg_identity_links__typed') }}
    where
        reject_reason is null
        and {{ known_at_as_of('linked_at') }}
),

ranked as (
    select
        row_number,
        row_number() over (
            partition by {{ canonical_columns('identity_links') | join(', ') }}
            order by row_number asc nulls last
        ) as copy_rank
    from valid
)

select
    row_number,
    'exact duplicate of another row' as reject_reason
from ranked
where copy_rank > 1
