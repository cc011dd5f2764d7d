-- One row per message: how it feels.
with scores as (
    select
        run_id,
        {{ explode('message_sentiment') }} as item
    from {{ ref('ml_review_voice') }}
)

select
    m.message_id,
    m.customer_id,
    m.channel,
    m.sent_at,
    m.sent_on,
    s.item.language as language,
    s.item.sentiment as sentiment,
    s.item.probability as probability,
    s.item.known_probability as known_probability,
    s.run_id
from scores as s
inner join {{ ref('int_messages') }} as m on s.item.message_code = m.message_code
