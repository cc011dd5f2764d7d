-- One row per line of an order whose id several customers share: which of these orders it belongs to, 1 for the first in time, so
-- that a later export does not renumber it. Lines of one day and channel are one order, of its first customer;
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
        l.channel
    from {{ ref('stg_order_lines__typed') }} as l
    semi join shared as s on l.order_id = s.order_id
    where
        l.reject_reason is null
        and {{ known_at_as_of('l.known_at') }}
),

with_channel as (
    select
        *,
        -- an unknown channel is no other one
        coalesce(channel, min(channel) over (partition by order_id, ordered_on), '') as any_channel
    from visits
),

with_customer as (
    select
        *,
        first_value(customer_id) over (
            partition by order_id, ordered_on, any_channel
            order by customer_id is null asc nulls last, line_number asc nulls last, row_number asc nulls last
        ) as visit_customer_id
    from with_channel
),

with_first as (
    select
        *,
        min(ordered_at) over (partition by order_id, visit_customer_id) as first_at,
        min(row_number) over (partition by order_id, visit_customer_id) as first_row
    from with_customer
),

numbered as (
    select
        row_number,
        order_id,
        -- a visit without a customer belongs to the first that has one
        cast(case when visit_customer_id is null then 1 else dense_rank() over (
            partition by order_id
            order by visit_customer_id is null asc nulls last, first_at asc nulls last, first_row asc nulls last
        ) end as int) as part
    from with_first
),

-- ids of the shop that read like one of ours
taken as (
    select distinct order_id
    from {{ ref('stg_order_lines__typed') }}
    where order_id in (select {{ order_id_of_part('n.order_id', 'n.part', 'false') }} from numbered as n)
)

select
    n.row_number,
    n.part,
    {{ order_id_of_part('n.order_id', 'n.part', 't.order_id is not null') }} as own_order_id
from numbered as n
left join taken as t on t.order_id = {{ order_id_of_part('n.order_id', 'n.part', 'false') }}
