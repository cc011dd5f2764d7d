-- One row per session for which a rule of bots holds, with the first that does: the list's, then the shop's own by priority.
-- With the purchases in it: who pays is no bot, whatever the rule says. Agents that shop for a person are told apart.
with rules as (
    select * from {{ ref('bot_rules') }}
),

by_user_agent as (
    select
        agents.user_agent,
        r.bot_rule,
        r.priority as place
    from {{ ref('int_user_agents_input') }} as agents
    inner join rules as r on r.kind = 'user_agent' and agents.user_agent ilike r.pattern
    union all
    select
        user_agent,
        bot_rule,
        0 as place
    from {{ ref('ml_bot_user_agents') }}
),

suspects as (
    select
        s.session_id,
        s.purchases,
        a.bot_rule,
        a.place
    from {{ ref('int_session_facts') }} as s
    inner join by_user_agent as a on s.user_agent = a.user_agent
    union all
    select
        s.session_id,
        s.purchases,
        r.bot_rule,
        r.priority as place
    from {{ ref('int_session_facts') }} as s
    inner join rules as r
        on
            s.events > r.threshold * case
                when r.kind = 'events_per_minute'
                    then greatest({{ seconds_between('s.started_at', 's.ended_at') }} / 60, 1)
                else 1
            end
    where r.kind in ('events_per_minute', 'events_per_session')
)

select
    s.session_id,
    s.purchases,
    s.bot_rule
from suspects as s
anti join {{ ref('int_agent_sessions') }} as a on s.session_id = a.session_id
qualify row_number() over (partition by s.session_id order by s.place asc nulls last) = 1
