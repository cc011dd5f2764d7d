-- One row per session of a bot, with the first rule that holds. A session with a purchase is none: what was paid for counts. An
-- agent that shops for a person is one whether it bought or not: nobody looked at the pages, and its orders count by
-- themselves.
select
    session_id,
    bot_rule
from {{ ref('int_bot_like_sessions') }}
where purchases = 0
union all
select
    session_id,
    bot_rule
from {{ ref('int_agent_sessions') }}
