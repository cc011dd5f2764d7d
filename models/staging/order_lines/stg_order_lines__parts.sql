-- One row per line of an order whose id several customers share: which of these orders it belongs to, 1 for the first. Lines of
-- one day and channel are one order, of its first customer; several of them are one order where the customer is the same.
with shared as (
    select order_id
    from {{ ref('stg_order_lines__typed') }}
    where reject_reason is null
    group by order_id
    having count(distinct customer_id) > 1
),

visits as (
    select
        l.row_number,
        l.order_id,
        l.customer_id,
        l.line_number,
        cast({{ local_time('l.ordered_at') }} as date) as ordered_on,
        coalesce(l.channel, '') as channel
    from {{ ref('stg_order_lines__typed') }} as l
    semi join shared as s on l.order_id = s.order_id
    where l.reject_reason is null
),

with_customer as (
    select
        *,
        first_value(customer_id) over (
            partition by order_id, ordered_on, channel
            order by customer_id is null asc nulls last, line_number asc nulls last, row_number asc nulls last
        ) as visit_customer_id
    from visits
),

with_first as (
    select
        *,
        min(row_number) over (partition by order_id, visit_customer_id) as first_row,
        min(row_number) filter (where visit_customer_id is not null) over (partition by order_id) as first_known_row
    from with_customer
)

select
    row_number,
    cast(dense_rank() over (
        -- a visit without a customer belongs to the first that has one
        partition by order_id
        order by case when visit_customer_id is null then first_known_row else first_row end asc nulls last
    ) as int) as part
from with_first
