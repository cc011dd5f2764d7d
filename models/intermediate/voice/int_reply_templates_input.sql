-- One row per template for replies: a line of the seed that says something.
select
    template_id,
    intent,
    language,
    reply_text
from {{ ref('reply_templates') }}
where
    template_id is not null
    and intent is not null
    and reply_text is not null
