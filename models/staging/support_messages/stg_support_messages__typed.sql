-- One row per row of the source, cleaned and cast: a message to the shop, and the first thing that is wrong with it.
with source as (
    select * from {{ source_table('support_messages') }}
),

cleaned as (
    select
        row_number,
        row_defect,
        {{ clean_columns('support_messages') }}
    from source
)

select
    row_number,
    case
        when row_defect is not null then row_defect
        when message_id is null then 'message_id is missing'
        when sent_at is null then 'sent_at is missing'
        when {{ to_utc('sent_at') }} is null then 'sent_at is not a time'
        when message_text is null then 'message_text is missing'
    end as reject_reason,
    message_id,
    {{ to_utc('sent_at') }} as sent_at,
    message_text,
    customer_id,
    channel,
    intent,
    reply_text
from cleaned
