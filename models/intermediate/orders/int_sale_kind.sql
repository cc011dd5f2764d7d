-- One row per source: which kind of sale counts of it, order lines or purchase events; and where most of its orders of another
-- source's time are that source's (a shop's own system, beside what tracks its visits), the time in which that source counts
-- them. All rows of the input decide, those too that were refused or are later than as_of, so that a run in the past counts what
-- today's counts. Whether these sales have dates: order lines have, or none of them, and events always have.
with counted as (
    {% for source in sources() %}
    select
        {{ sql_text(source['name']) }} as source_name,
        (select count(*) from {{ ref('stg_order_lines__typed') }} as l where {{ is_row_of(source) }}) as order_lines,
        (select count(*) from {{ ref('stg_events__typed') }} as e where event_type = 'purchase' and {{ is_row_of(source) }})
            as purchase_events,
        (
            select count(*) from {{ ref('stg_column_readings') }} as r
            where
                source_table = 'order_lines' and column_name = 'ordered_at' and reading = 'in no row'
                and {{ is_of_source(source) }}
        ) as undated_tables
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    c.source_name,
    case when c.order_lines > 0 then 'order_lines' else 'events' end as sale_kind,
    c.order_lines = 0 or c.undated_tables = 0 as has_dates,
    c.order_lines,
    c.purchase_events,
    t.other_source,
    t.first_at as told_from,
    t.last_at as told_until,
    t.orders as orders_of_its_time,
    t.same_orders
from counted as c
left join {{ ref('stg_sources_told_elsewhere') }} as t on c.source_name = t.source_name
