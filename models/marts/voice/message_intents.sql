-- One row per message to the shop: what it is about.
select
    i.message_id,
    i.customer_id,
    i.channel,
    i.sent_at,
    i.intent,
    {{ finite('i.probability') }} as probability,
    i.second_intent,
    {{ finite('i.second_probability') }} as second_probability,
    i.is_answered,
    i.source,
    i.run_id,
    a.as_of
from {{ ref('int_message_intents') }} as i
cross join {{ ref('stg_as_of') }} as a
