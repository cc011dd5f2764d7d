-- One row per message and place in it that names something.
with entities as (
    select
        run_id,
        {{ explode('entities') }} as item
    from {{ ref('ml_message_entities') }}
)

select
    m.message_id,
    m.message_code,
    m.customer_id,
    m.sent_at,
    e.item.entity_type as entity_type,
    e.item.start_position as start_position,
    e.item.end_position as end_position,
    e.item.value as value,
    p.product_id,
    e.run_id
from entities as e
inner join {{ ref('int_messages') }} as m on e.item.message_code = m.message_code
left join {{ ref('int_product_codes') }} as p on e.item.entity_type = 'product' and e.item.name_code = p.product_code
