-- One row per session of a bot, with the first rule of the rule table that holds.
with sessions as (
    select
        session_id,
        user_agent,
        events,
        {{ seconds_between('started_at', 'ended_at') }} as duration_seconds
    from {{ ref('int_session_facts') }}
),

rules as (
    select * from {{ ref('bot_rules') }}
),

-- user agents are few, sessions many
suspect_user_agents as (
    select
        agents.user_agent,
        min(rules.priority) as priority
    from (select distinct user_agent from sessions) as agents
    inner join rules on rules.kind = 'user_agent' and agents.user_agent ilike rules.pattern
    group by agents.user_agent
),

by_user_agent as (
    select
        s.session_id,
        a.priority
    from sessions as s
    inner join suspect_user_agents as a on s.user_agent = a.user_agent
),

by_count as (
    select
        s.session_id,
        min(r.priority) as priority
    from sessions as s
    inner join rules as r
        on
            (r.kind = 'events_per_minute' and s.events > r.threshold * greatest(s.duration_seconds / 60, 1))
            or (r.kind = 'events_per_session' and s.events > r.threshold)
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
