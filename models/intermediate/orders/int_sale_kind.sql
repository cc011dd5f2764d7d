-- One row: which kind of sale the shop counts, order lines or purchase events. All rows of its input decide, those too
-- that were refused or are later than as_of, so that a run in the past counts what today's counts. Whether these sales have
-- dates: order lines have, or none of them (the reading of the column says so), and events always have.
with counted as (
    select
        (select count(*) from {{ ref('stg_order_lines__typed') }}) as order_lines,
        (select count(*) from {{ ref('stg_events__typed') }} where event_type = 'purchase') as purchase_events,
        (
            select count(*) from {{ ref('stg_column_readings') }}
            where source_table = 'order_lines' and column_name = 'ordered_at' and reading = 'in no row'
        ) as undated_tables
)

select
    case when order_lines > 0 then 'order_lines' else 'events' end as sale_kind,
    order_lines = 0 or undated_tables = 0 as has_dates,
    order_lines,
    purchase_events
from counted
