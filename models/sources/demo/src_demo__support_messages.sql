{{ config(enabled=source_system() == 'demo') }}

-- One row is one message to customer service, as the made shop wrote it: text, uncleaned.
select
    -- not rowid itself: a seed loaded again counts on from the last load
    row_number() over (order by rowid asc nulls last) as row_number,
    cast(null as string) as row_defect,
    message_id,
    sent_at,
    message_text,
    customer_id,
    channel,
    intent,
    reply_text
from {{ ref('demo_support_messages') }}
