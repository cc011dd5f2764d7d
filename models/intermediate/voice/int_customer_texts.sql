-- One row per review and message of a known customer: when it was written, whether its writer was unhappy as far as was known
-- then (stars, else what earlier reviews taught; false where nothing was known), and whether it waits for an answer (null where
-- its source keeps no replies).
with messages as (
    select
        message_id,
        reply_text,
        {{ source_of_id('message_id') }} as source_name
    from {{ ref('stg_support_messages') }}
),

replying as (
    select distinct source_name
    from messages
    where reply_text is not null
)

select
    'review: ' || review_id as text_id,
    customer_id,
    'review' as kind,
    reviewed_at as written_at,
    case when rating is not null then rating <= 2 else coalesce(known_probability < 0.5, false) end as is_unhappy,
    false as is_unanswered
from {{ ref('int_review_sentiment') }}
where customer_id is not null and reviewed_at is not null
union all
select
    'message: ' || s.message_id as text_id,
    s.customer_id,
    'message' as kind,
    s.sent_at as written_at,
    coalesce(s.known_probability < 0.5, false) as is_unhappy,
    case when r.source_name is not null then m.reply_text is null end as is_unanswered
from {{ ref('int_message_sentiment') }} as s
inner join messages as m on s.message_id = m.message_id
left join replying as r on m.source_name = r.source_name
where s.customer_id is not null and s.sent_at is not null
