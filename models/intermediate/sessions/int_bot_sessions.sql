-- One row per session of a bot, with the first rule of the rule table that holds.
with rules as (
    select * from {{ ref('bot_rules') }}
),

-- user agents are few, sessions many
suspect_user_agents as (
    select
        agents.user_agent,
        min(rules.priority) as priority
    from (select distinct user_agent from {{ ref('int_session_facts') }}) as agents
    inner join rules on rules.kind = 'user_agent' and agents.user_agent ilike rules.pattern
    group by agents.user_agent
),

by_user_agent as (
    select
        s.session_id,
        a.priority
    from {{ ref('int_session_facts') }} as s
    inner join suspect_user_agents as a on s.user_agent = a.user_agent
),

by_count as (
    select
        s.session_id,
        min(r.priority) as priority
    from {{ ref('int_session_facts') }} as s
    inner join rules as r
        on
            s.events > r.threshold * case
                when r.kind = 'events_per_minute'
                    then greatest({{ seconds_between('s.started_at', 's.ended_at') }} / 60, 1)
                else 1
            end
    where r.kind in ('events_per_minute', 'events_per_session')
    group by s.session_id
),

first_rule as (
    select
        session_id,
        min(priority) as priority
    from (select * from by_user_agent union all select * from by_count) as suspects
    group by session_id
)

select
    f.session_id,
    r.bot_rule
from first_rule as f
inner join rules as r on f.priority = r.priority
