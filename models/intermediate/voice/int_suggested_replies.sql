-- One row per message without an answer and rank: what could be answered, and where that is from.
with suggestions as (
    select
        run_id,
        {{ explode('suggestions') }} as item
    from {{ ref('ml_suggested_replies') }}
)

select
    m.message_id,
    m.customer_id,
    m.sent_at,
    g.item.reply_rank as reply_rank,
    g.item.reply_text as reply_text,
    s.message_id as source_message_id,
    g.item.template_id as template_id,
    g.item.score as score,
    g.item.likeness as likeness,
    g.run_id
from suggestions as g
inner join {{ ref('int_messages') }} as m on g.item.message_code = m.message_code
left join {{ ref('int_messages') }} as s on g.item.source_message_code = s.message_code
