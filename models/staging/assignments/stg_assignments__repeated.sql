-- One row per row that repeats another. Who is drawn stays drawn: of several rows for a customer the first in the source
-- counts, so a row that was sent again is the one that is left out.
with same as (
    select
        row_number,
        row_number() over (
            partition by {{ canonical_columns('assignments') | join(', ') }}
            order by row_number asc nulls last
        ) as copy_rank,
        row_number() over (
            partition by campaign_id, customer_id
            order by assigned_at asc nulls last, row_number asc nulls last
        ) as key_rank
    from {{ ref('stg_assignments__typed') }}
    where
        reject_reason is null
        and {{ known_at_as_of('assigned_at') }}
)

select
    row_number,
    {{ repeat_reason() }} as reject_reason
from same
where key_rank > 1
