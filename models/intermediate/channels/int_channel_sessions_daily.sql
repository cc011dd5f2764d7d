-- One row per day of the shop and channel with a visit that began on it, of people or of agents. A visitor counts once a day:
-- in the channel of the first visit, so that channels add up to the shop.
with visits as (
    select
        {{ shop_day('s.started_at') }} as activity_date,
        c.channel,
        s.is_bot,
        s.is_converted,
        not s.is_bot and row_number() over (
            partition by s.visitor_id, {{ shop_day('s.started_at') }}, s.is_bot
            order by s.started_at asc nulls last, s.session_id asc nulls last
        ) = 1 as is_first_of_day
    from {{ ref('int_sessions') }} as s
    inner join {{ ref('int_session_channels') }} as c on s.session_id = c.session_id
    where
        not s.is_bot
        or s.is_agent
)

select
    activity_date,
    channel,
    count(*) filter (where not is_bot) as sessions,
    count(*) filter (where is_first_of_day) as visitors,
    count(*) filter (where not is_bot and is_converted) as converted_sessions,
    count(*) filter (where is_bot) as agent_sessions
from visits
group by activity_date, channel
