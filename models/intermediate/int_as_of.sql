-- One row: the instant "now", the setting or else the latest accepted order or event; null where there is neither.
with latest as (
    select max(ordered_at) as latest_at
    from {{ ref('stg_order_lines__typed') }}
    where reject_reason is null
    union all
    select max(occurred_at) as latest_at
    from {{ ref('stg_events__typed') }}
    where reject_reason is null
)

select
    coalesce(
        {{ as_of_setting() }},
        max(latest_at)
    ) as as_of
from latest
