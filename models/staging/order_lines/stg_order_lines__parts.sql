-- One row per line of an order whose id several customers share: which of these orders it belongs to, 1 for the first in time, so
-- that the orders of a later export leave it its number. Lines of one day and channel are one order, of its first customer;
-- several of them are one order where the customer is the same.
with shared as (
    select order_id
    from {{ ref('stg_order_lines__typed') }}
    where
        reject_reason is null
        and {{ known_at_as_of('known_at') }}
    group by order_id
    having count(distinct customer_id) > 1
),

visits as (
    select
        l.row_number,
        l.order_id,
        l.customer_id,
        l.line_number,
        l.ordered_at,
        cast({{ local_time('l.ordered_at') }} as date) as ordered_on,
        coalesce(l.channel, '') as channel
    from {{ ref('stg_order_lines__typed') }} as l
    semi join shared as s on l.order_id = s.order_id
    where
        l.reject_reason is null
        and {{ known_at_as_of('l.known_at') }}
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
        min(ordered_at) over (partition by order_id, visit_customer_id) as first_at,
        min(row_number) over (partition by order_id, visit_customer_id) as first_row
    from with_customer
)

select
    row_number,
    -- a visit without a customer belongs to the first that has one
    cast(case when visit_customer_id is null then 1 else dense_rank() over (
        partition by order_id
        order by visit_customer_id is null asc nulls last, first_at asc nulls last, first_row asc nulls last
    ) end as int) as part
from with_first
