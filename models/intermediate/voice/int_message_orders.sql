-- One row per message of a known customer who had ordered before it: the line of an order of their own that it is about. That is
-- a line of the order that they name, else one of the product that they name, else, where they name neither, the latest.
with named_orders as (
    select distinct
        message_id,
        value as order_id
    from {{ ref('int_message_entities') }}
    where
        entity_type = 'order_id'
        and value is not null
),

named_products as (
    select distinct
        message_id,
        product_id
    from {{ ref('int_message_entities') }}
    where product_id is not null
),

spoken_products as (
    select
        message_id,
        lower(max(value)) as spoken
    from {{ ref('int_message_entities') }}
    where entity_type = 'product'
    group by message_id
),

lines as (
    select
        m.message_id,
        l.order_id,
        l.product_id,
        -- what has no name is called by its id
        nullif(p.product_name, p.product_id) as product_name,
        p.category_level_1,
        l.line_number,
        l.ordered_at,
        -- what comes back after the message is not known to it
        case when l.returned_at <= m.sent_at then l.returned_at end as returned_at,
        o.order_id is not null as is_named_order,
        n.product_id is not null or coalesce(lower(p.product_name) like '%' || s.spoken || '%', false) as is_named_product,
        w.message_id is not null as names_an_order,
        s.message_id is not null as names_a_product
    from {{ ref('int_messages') }} as m
    inner join {{ ref('int_order_lines') }} as l
        on
            m.customer_id = l.customer_id
            and m.sent_at >= l.ordered_at
    inner join {{ ref('int_products') }} as p on l.product_id = p.product_id and p.is_product
    left join named_orders as o on m.message_id = o.message_id and {{ unqualified_id('l.order_id') }} = o.order_id
    left join (select distinct message_id from named_orders) as w on m.message_id = w.message_id
    left join named_products as n on m.message_id = n.message_id and l.product_id = n.product_id
    left join spoken_products as s on m.message_id = s.message_id
)

select
    message_id,
    order_id,
    product_id,
    product_name,
    category_level_1,
    ordered_at,
    returned_at
from lines
where
    -- who names what is none of their own gets no facts
    case when names_an_order then is_named_order when names_a_product then is_named_product else true end
qualify
    row_number() over (
        partition by message_id
        order by
            is_named_product desc nulls last,
            ordered_at desc nulls last,
            order_id asc nulls last,
            line_number asc nulls last
    ) = 1
