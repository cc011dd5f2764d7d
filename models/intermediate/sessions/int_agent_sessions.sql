-- One row per session of a program that shops or reads for a person, as its user agent says: a rule of the kind agent, the
-- first by priority. Crawlers read for nobody in particular; these come because somebody asked.
with agents as (
    select
        u.user_agent,
        r.bot_rule
    from {{ ref('int_user_agents_input') }} as u
    inner join {{ ref('bot_rules') }} as r on r.kind = 'agent' and u.user_agent ilike r.pattern
    qualify row_number() over (partition by u.user_agent order by r.priority asc nulls last) = 1
)

select
    f.session_id,
    a.bot_rule
from {{ ref('int_session_facts') }} as f
inner join agents as a on f.user_agent = a.user_agent
