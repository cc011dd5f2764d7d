-- One row per user agent that the shop's own app may send and a bot, too: taken for the app's.
select pattern as user_agent
from {{ ref('bot_rules') }}
where kind = 'app_client'
