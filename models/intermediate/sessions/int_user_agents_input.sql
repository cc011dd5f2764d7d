-- One row per user agent of a session; they are few, sessions many.
select distinct user_agent
from {{ ref('int_session_facts') }}
where user_agent is not null
