-- One row per message and place in it that names something. What is personal has its place and kind, and no value.
select
    e.message_id,
    e.start_position,
    e.end_position,
    e.entity_type,
    e.value,
    e.product_id,
    e.customer_id,
    e.sent_at,
    e.run_id,
    a.as_of
from {{ ref('int_message_entities') }} as e
cross join {{ ref('stg_as_of') }} as a
