{{ config(enabled=reads(trackers()), materialized='table') }}
-- One row per purchase and refund that counts. An order is told again when its page is loaded again, on other days and devices:
-- the first telling counts, whole. A purchase that names no order is one of its visit, and a repeat where it is the same to the
-- letter, as is a refund of the same day (UTC), for a part may come back twice; one that says neither an amount nor how many came
-- back means all, and all comes back once. Left out are also purchases that name neither an order nor a product nor an amount.
{% call(source) each_source(trackers()) %}
with logins as (
    select
        source_session_id,
        max_by(customer_id, row(told_at, row_number)) as customer_id
    from {{ tracker_model('told', source) }}
    where
        customer_id is not null
        and source_session_id is not null
    group by source_session_id
),

told as (
    select
        t.row_number,
        t.event_type,
        t.occurred_at,
        t.told_at,
        t.visitor_id,
        coalesce(t.customer_id, l.customer_id) as login_id,
        t.order_id as named_order_id,
        coalesce(t.order_id, 'visit ' || t.source_session_id, 'visit at ' || t.occurred_at) as order_id,
        t.platform,
        t.country,
        t.currency,
        {{ tracker_cents('t.amount') }} as amount,
        t.items
    from {{ tracker_model('told', source) }} as t
    left join logins as l on t.source_session_id = l.source_session_id
    where
        t.event_type in ('purchase', 'refund')
        and t.row_defect is null
),

with_items as (
    select
        t.*,
        i.row_number is not null as has_items,
        t.event_type = 'refund' and (t.amount is not null or coalesce(i.is_counted, false)) as is_of_part
    from told as t
    left join
        (select row_number, count(*) = count(quantity) as is_counted from {{ tracker_model('items', source) }} group by row_number) as i
        on t.row_number = i.row_number
)

select
    * exclude (items, is_of_part),
    -- who buys without logging in is known by the browser alone
    coalesce(login_id, visitor_id) as customer_id
from with_items
where
    named_order_id is not null
    or has_items
    or amount <> 0
qualify
    row_number() over (
        partition by
            event_type,
            order_id,
            case when event_type = 'refund' or named_order_id is null then coalesce(items, '') end,
            case when event_type = 'refund' or named_order_id is null then amount end,
            case when is_of_part then cast(told_at as date) end
        order by told_at asc nulls last, row_number asc nulls last
    ) = 1
{% endcall %}
