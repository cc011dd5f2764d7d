-- One row per message without an answer and rank: what could be answered. For the shop's own use: it is not published.
select
    r.message_id,
    r.reply_rank,
    r.reply_text,
    r.source_message_id,
    r.template_id,
    {{ finite('r.score') }} as score,
    case
        when r.source_message_id is not null
            then
                'As message ' || r.source_message_id || ' was answered, whose words are '
                || cast(cast(cast(100 * r.likeness as decimal(5, 0)) as int) as string) || ' % alike.'
        else 'Template ' || r.template_id || ' of the intent.'
    end as reason,
    r.customer_id,
    r.run_id,
    a.as_of
from {{ ref('int_suggested_replies') }} as r
cross join {{ ref('stg_as_of') }} as a
