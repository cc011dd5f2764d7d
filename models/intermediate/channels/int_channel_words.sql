-- One row per kind and spelling of channel_words, as texts are compared with them: in lower case, one blank between words. Of
-- two spellings that then are one the first by letter counts.
select
    kind,
    {{ plain_words('spelling') }} as spelling,
    min_by(meaning, spelling) as meaning
from {{ ref('channel_words') }}
where kind in ('medium', 'order_channel', 'order_system', 'channel')
group by kind, {{ plain_words('spelling') }}
