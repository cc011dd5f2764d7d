-- One row per session, bots included and flagged.
select
    s.session_id,
    s.visitor_id,
    s.customer_id,
    s.started_at,
    s.ended_at,
    s.duration_seconds,
    s.events,
    s.views,
    s.searches,
    s.add_to_carts,
    s.purchases,
    s.entry_page,
    s.exit_page,
    s.platform,
    s.referrer,
    s.is_converted,
    s.is_bot,
    s.bot_rule,
    s.is_agent,
    {{ shop_day('s.started_at') }} as session_date,
    {{ source_of_id('s.session_id') }} as source_system,
    c.channel,
    c.channel_source,
    c.campaign_name
from {{ ref('int_sessions') }} as s
left join {{ ref('int_session_channels') }} as c on s.session_id = c.session_id
