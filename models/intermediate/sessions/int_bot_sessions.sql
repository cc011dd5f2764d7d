-- One row per session of a bot, with the first rule that holds. A session with a purchase is none: what was paid for counts.
select
    session_id,
    bot_rule
from {{ ref('int_bot_like_sessions') }}
where purchases = 0
