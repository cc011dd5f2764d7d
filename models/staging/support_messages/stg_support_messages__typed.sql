-- One row per row of the source, cleaned and cast: a message to the shop, and the first thing that is wrong with it.
with {{ rows_by_type('support_messages', ref('src_support_messages')) }}

select
    row_number,
    source_name,
    coalesce({{ fault_of_columns('support_messages') }}, case
        when {{ a_date('sent_at_read') }} is null then 'sent_at is before 1971'
    end) as reject_reason,
    message_id_read as message_id,
    {{ a_date('sent_at_read') }} as sent_at,
    message_text,
    {{ own_id('customer_id_read') }} as customer_id,
    channel,
    intent,
    reply_text
from by_type {{ join_own_ids(['customer_id_read']) }}
