-- One row per message to the shop: how it feels, by what was learned from reviews.
select
    s.message_id,
    s.customer_id,
    s.channel,
    s.sent_at,
    s.sentiment,
    {{ finite('s.probability') }} as probability,
    {{ finite('s.known_probability') }} as known_probability,
    false as is_learned_from_messages,
    s.language,
    s.run_id,
    a.as_of
from {{ ref('int_message_sentiment') }} as s
cross join {{ ref('stg_as_of') }} as a
