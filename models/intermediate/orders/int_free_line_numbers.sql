-- One row per order line that came without a number: it gets the next free one of its order, in source order.
with highest as (
    select order_id, max(line_number) as line_number
    from {{ ref('stg_order_lines') }}
    where line_number is not null
    group by order_id
)

select
    l.row_number,
    coalesce(h.line_number, 0) + row_number() over (partition by l.order_id order by l.row_number asc nulls last)
        as line_number
from {{ ref('stg_order_lines') }} as l
left join highest as h on l.order_id = h.order_id
where l.line_number is null
