-- One row per session without a purchase in which many products were looked at, of no bot that is known: how many, and the
-- share of the pauses that are as long as the usual one, give or take a quarter. Only pauses that somebody could make: half a
-- second to a minute.
with many as (
    select f.session_id
    from {{ ref('int_session_facts') }} as f
    anti join {{ ref('int_bot_sessions') }} as b on f.session_id = b.session_id
    where
        f.purchases = 0
        and f.events >= (select max(r.at_least) from {{ ref('suspicion_rules') }} as r where r.rule = 'regular_clicks')
),

pauses as (
    select
        e.session_id,
        e.occurred_at,
        {{ seconds_between(
            'lag(e.occurred_at) over (partition by e.session_id order by e.event_number asc nulls last)', 'e.occurred_at'
        ) }} as seconds
    from {{ ref('int_session_events') }} as e
    semi join many as m on e.session_id = m.session_id
    where
        e.event_type in ('view', 'click')
        and e.product_id is not null
),

usual as (
    select
        session_id,
        count(*) as clicks,
        max(occurred_at) as last_at,
        percentile_cont(0.5) within group (order by seconds asc nulls last) as usual_pause
    from pauses
    group by session_id
)

select
    u.session_id,
    u.clicks,
    u.usual_pause,
    u.last_at,
    {{ ratio('count_if(p.seconds between 0.75 * u.usual_pause and 1.25 * u.usual_pause)', 'count(p.seconds)') }} as share
from usual as u
inner join pauses as p on u.session_id = p.session_id
where u.usual_pause between 0.5 and 60
group by u.session_id, u.clicks, u.usual_pause, u.last_at
