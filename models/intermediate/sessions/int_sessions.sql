-- One row per session, with its customer and whether it is a bot's. A purchase that is told once more is none.
with repeats as (
    select
        session_id,
        count(*) as purchases
    from {{ ref('int_repeated_purchases') }}
    group by session_id
)

select
    f.session_id,
    f.visitor_id,
    c.customer_id,
    c.is_known_then as is_customer_known_then,
    f.started_at,
    f.ended_at,
    cast(floor({{ seconds_between('f.started_at', 'f.ended_at') }}) as bigint) as duration_seconds,
    f.events,
    f.views,
    f.searches,
    f.add_to_carts,
    f.purchases - coalesce(r.purchases, 0) as purchases,
    f.entry_page,
    f.exit_page,
    f.platform,
    f.referrer,
    f.purchases > coalesce(r.purchases, 0) as is_converted,
    b.session_id is not null as is_bot,
    b.bot_rule,
    a.session_id is not null as is_agent
from {{ ref('int_session_facts') }} as f
left join {{ ref('int_session_customers') }} as c on f.session_id = c.session_id
left join {{ ref('int_bot_sessions') }} as b on f.session_id = b.session_id
left join {{ ref('int_agent_sessions') }} as a on f.session_id = a.session_id
left join repeats as r on f.session_id = r.session_id
