-- One row per row that repeats another. A line's key is its order and line number; a line without a number repeats
-- another only if the whole row does. Of several rows for a key the latest stays: by time, then by place in the source.

-- narrow groups first: few rows share them, and only those are compared column by column
with suspects as (
    select
        order_id,
        line_number,
        case when line_number is null then product_id end as unnumbered_product_id
    from {{ ref('stg_order_lines__typed') }}
    where
        reject_reason is null
        and {{ known_at_as_of('known_at') }}
    group by all
    having count(*) > 1
),

copies as (
    select
        v.row_number,
        v.line_number,
        coalesce(p.part, 1) as part,
        row_number() over (
            partition by {{ canonical_columns('order_lines', 'v.') | join(', ') }}
            order by v.row_number asc nulls last
        ) as copy_rank,
        max(v.row_number) over (
            partition by {{ canonical_columns('order_lines', 'v.') | join(', ') }}
        ) as last_copy,
        v.order_id,
        v.ordered_at
    from {{ ref('stg_order_lines__typed') }} as v
    left join {{ ref('stg_order_lines__parts') }} as p on v.row_number = p.row_number
    semi join suspects as s
        on
            v.order_id = s.order_id
            and v.line_number is not distinct from s.line_number
            and (v.line_number is not null or v.product_id = s.unnumbered_product_id)
    where
        v.reject_reason is null
        and {{ known_at_as_of('v.known_at') }}
),

-- a row that was sent again counts at its last place, and its first copy stands for it
ranked as (
    select
        *,
        row_number() over (
            partition by order_id, part, line_number
            order by ordered_at desc nulls last, last_copy desc nulls last, row_number asc nulls last
        ) as key_rank
    from copies
)

select
    row_number,
    {{ repeat_reason() }} as reject_reason
from ranked
where copy_rank > 1 or (line_number is not null and key_rank > 1)
