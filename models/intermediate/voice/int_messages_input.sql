-- One row per message: what is judged, with a number instead of its id.
select
    message_code,
    {{ whole_days_between("timestamp '1970-01-01 00:00:00'", 'cast(sent_on as timestamp)') }} as written_day,
    message_text
from {{ ref('int_messages') }}
