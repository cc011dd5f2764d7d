-- One row per purchase event of an order whose id several customers share: its customer, the session's, and which of these
-- orders it belongs to. The day and channel in which a customer first told of the id decide for good, so a page that is loaded
-- again makes no order. Orders are numbered by time, so that a later export does not renumber them.
with purchases as (
    select
        e.row_number,
        e.order_id,
        e.product_id,
        e.occurred_at,
        c.customer_id,
        {{ shop_day('e.occurred_at') }} as occurred_on,
        coalesce(e.platform, f.platform) as channel
    from {{ ref('int_session_events') }} as e
    inner join {{ ref('int_session_facts') }} as f on e.session_id = f.session_id
    left join {{ ref('int_session_customers') }} as c on e.session_id = c.session_id
    where
        e.event_type = 'purchase'
        and e.order_id is not null
),

shared as (
    select order_id
    from purchases
    group by order_id
    having count(distinct customer_id) > 1
),

numbered as (
    select
        p.*,
        -- an unknown channel is no other one
        cast(p.occurred_on as string) || ' '
        || coalesce(p.channel, min(p.channel) over (partition by p.order_id, p.occurred_on), '') as day_and_channel,
        row_number() over (partition by p.order_id order by p.occurred_at asc nulls last, p.row_number asc nulls last) as place
    from purchases as p
    semi join shared as s on p.order_id = s.order_id
),

first_events as (
    select *
    from numbered
    where customer_id is not null
    qualify row_number() over (partition by order_id, customer_id order by place asc nulls last) = 1
),

orders as (
    select
        order_id,
        day_and_channel,
        min(place) as first_place,
        row_number() over (partition by order_id order by min(place) asc nulls last) as part
    from first_events
    group by order_id, day_and_channel
),

with_part as (
    select
        p.row_number,
        p.order_id,
        p.customer_id,
        -- nobody's event tells of the first order that had its product by then; else of that of its day and channel by then
        cast(coalesce(
            o.part,
            min(o.part) over (partition by p.order_id, p.product_id order by p.place asc nulls last),
            case when v.first_place < p.place then v.part end,
            1
        ) as int) as part
    from numbered as p
    left join first_events as f on p.order_id = f.order_id and p.customer_id = f.customer_id
    left join orders as o on f.order_id = o.order_id and f.day_and_channel = o.day_and_channel
    left join orders as v on p.order_id = v.order_id and p.day_and_channel = v.day_and_channel
)

select
    w.*,
    {{ order_id_of_part('w.order_id', 'w.part', 't.order_id is not null') }} as own_order_id
from with_part as w
-- ids of the shop that read like one of ours
left join (select distinct order_id from purchases) as t
    on t.order_id = {{ order_id_of_part('w.order_id', 'w.part', 'false') }}
