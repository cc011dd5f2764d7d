-- One row per review and message of a known customer: when it was written, whether its writer was unhappy as far as was known
-- then (stars, else what earlier reviews taught; false where nothing was known), and whether it waits for an answer: null where
-- its source keeps no replies, or its channel keeps none, which 20 messages without any show.
{% set messages_that_show_it = 20 %}
with messages as (
    select
        message_id,
        reply_text,
        coalesce(channel, '') as channel,
        {{ source_of_id('message_id') }} as source_name
    from {{ ref('stg_support_messages') }}
),

channels as (
    select
        source_name,
        channel,
        count(*) as messages,
        count(reply_text) as replies,
        sum(count(reply_text)) over (partition by source_name) as replies_of_source
    from messages
    group by source_name, channel
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
    case
        when c.replies > 0 or (c.replies_of_source > 0 and c.messages < {{ messages_that_show_it }})
            then m.reply_text is null
    end as is_unanswered
from {{ ref('int_message_sentiment') }} as s
inner join messages as m on s.message_id = m.message_id
inner join channels as c on m.source_name = c.source_name and m.channel = c.channel
where s.customer_id is not null and s.sent_at is not null
