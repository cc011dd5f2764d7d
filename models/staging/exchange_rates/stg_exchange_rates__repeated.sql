-- One row per row that repeats another. Of several rows for a key the last in the source stays.
with valid as (
    select *
    from {{ ref('stg_exchange_rates__typed') }}
    where
        reject_reason is null
),

copies as (
    select
        row_number,
        row_number() over (
            partition by {{ canonical_columns('exchange_rates') | join(', ') }}
            order by row_number asc nulls last
        ) as copy_rank,
        max(row_number) over (
            partition by {{ canonical_columns('exchange_rates') | join(', ') }}
        ) as last_copy,
        rate_date,
        currency
    from valid
),

-- a row that was sent again counts at its last place, and its first copy stands for it
ranked as (
    select
        *,
        row_number() over (
            partition by rate_date, currency
            order by last_copy desc nulls last, row_number asc nulls last
        ) as key_rank
    from copies
)

select
    row_number,
    case when copy_rank > 1 then 'exact duplicate of another row' else 'another row has the same key' end as reject_reason
from ranked
where key_rank > 1
