{{ config(enabled=source_system() == 'files') }}
-- One row per row of the raw table support_messages (message), as it is: text, nothing filtered.
select
    row_number,
    message_id,
    sent_at,
    message_text,
    customer_id,
    channel,
    intent,
    reply_text,
    row_defect
from {{ raw_rows('support_messages') }} as raw_rows
