-- One row: the instant "now", the setting or else the latest accepted order or event; null where there is neither.
-- last_day is the shop's last day of which anything is known: a day that begins at this instant has nothing yet.
with latest as (
    select max(ordered_at) as latest_at
    from {{ ref('stg_order_lines__typed') }}
    where
        reject_reason is null
        and ordered_at <= {{ as_of_setting('9999-12-31') }}
    union all
    select max(occurred_at) as latest_at
    from {{ ref('stg_events__typed') }}
    where
        reject_reason is null
        and occurred_at <= {{ as_of_setting('9999-12-31') }}
),

instants as (
    select
        coalesce({{ as_of_setting() }}, max(latest_at)) as as_of,
        max(latest_at) as latest_at
    from latest
)

select
    as_of,
    {{ shop_day("case when latest_at = as_of then as_of else as_of - interval '1 microsecond' end") }} as last_day
from instants
