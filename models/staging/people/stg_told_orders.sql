-- One row per order of a source with events, beside another source whose time it falls into, and that source's order where it is
-- the same one: their ids have the same letters and digits (`#1001`, `1001`) and their days are two apart at most. The other
-- source is a shop's own system, which has no events, or a source that is named before it. Without several sources there is
-- none.
{% if sources() | length == 1 %}
select
    {% for column in ['source_name', 'order_id', 'customer_id', 'other_source', 'same_order_id', 'same_customer_id'] %}
    cast(null as string) as {{ column }},
    {% endfor %}
    cast(null as timestamp) as ordered_at, cast(null as timestamp) as first_at, cast(null as timestamp) as last_at
where false
{% else %}
with lines as (
    select
        source_name,
        order_id,
        min(customer_id) as customer_id,
        min(ordered_at) as ordered_at,
        {{ order_key('order_id') }} as order_key
    from {{ ref('stg_order_lines__typed') }}
    where reject_reason is null
    group by source_name, order_id
),
-- of a source without order lines
purchases as (
    select
        e.source_name,
        e.order_id,
        coalesce(min(e.customer_id), min(e.visitor_id)) as customer_id,
        min(e.occurred_at) as ordered_at,
        {{ order_key('e.order_id') }} as order_key
    from {{ ref('stg_events__typed') }} as e
    anti join lines as l on e.source_name = l.source_name
    where
        e.reject_reason is null
        and e.event_type = 'purchase'
        and e.order_id is not null
    group by e.source_name, e.order_id
),

with_events as (select distinct source_name from {{ ref('stg_events__typed') }}),

told as (
    select l.* from lines as l semi join with_events as e on l.source_name = e.source_name union all select * from purchases
),

spans as (
    select
        l.source_name,
        min(l.ordered_at) - interval '2 days' as first_at,
        max(l.ordered_at) + interval '2 days' as last_at,
        max(e.source_name) is not null as has_events
    from lines as l
    left join with_events as e on l.source_name = e.source_name
    group by l.source_name
)

select
    t.source_name,
    t.order_id,
    t.customer_id,
    t.ordered_at,
    s.source_name as other_source,
    s.first_at,
    s.last_at,
    min(o.order_id) as same_order_id,
    nullif(min_by(coalesce(o.customer_id, ''), o.order_id), '') as same_customer_id
from told as t
inner join spans as s
    on
        t.source_name <> s.source_name
        and t.ordered_at between s.first_at and s.last_at
        and (not s.has_events or {{ place_of_source('s.source_name') }} < {{ place_of_source('t.source_name') }})
left join lines as o
    on
        s.source_name = o.source_name
        and t.order_key = o.order_key
        and o.ordered_at between t.ordered_at - interval '2 days' and t.ordered_at + interval '2 days'
group by t.source_name, t.order_id, t.customer_id, t.ordered_at, s.source_name, s.first_at, s.last_at
{% endif %}
