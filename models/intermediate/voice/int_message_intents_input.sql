-- One row per message: what it says, and what the shop says it is about, where it does.
select
    m.message_code,
    {{ whole_days_between("timestamp '1970-01-01 00:00:00'", 'cast(m.sent_on as timestamp)') }} as written_day,
    m.message_text,
    s.intent
from {{ ref('int_messages') }} as m
inner join {{ ref('stg_support_messages') }} as s on m.message_id = s.message_id
