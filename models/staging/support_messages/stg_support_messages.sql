-- One row per message to the shop: accepted, up to as_of, each once.
select
    t.row_number,
    t.message_id,
    t.sent_at,
    t.message_text,
    {{ one_customer('t.customer_id') }} as customer_id,
    t.channel,
    t.intent,
    t.reply_text
from {{ ref('stg_support_messages__typed') }} as t {{ join_customers('t.customer_id') }}
anti join {{ ref('stg_support_messages__repeated') }} as r on t.row_number = r.row_number
where
    t.reject_reason is null
    and {{ known_at_as_of('t.sent_at') }}
