-- One row per message: what it is about, the first and the second guess, and whether the first is sure enough.
with guesses as (
    select
        run_id,
        {{ explode('intents') }} as item
    from {{ ref('ml_message_intents') }}
)

select
    m.message_id,
    m.message_code,
    m.customer_id,
    m.channel,
    m.sent_at,
    g.item.intent as intent,
    g.item.probability as probability,
    g.item.second_intent as second_intent,
    g.item.second_probability as second_probability,
    g.item.is_answered as is_answered,
    g.item.source as source,
    g.run_id
from guesses as g
inner join {{ ref('int_messages') }} as m on g.item.message_code = m.message_code
