-- One row per session: the channel that sent it, by whom and for which campaign.
select
    s.session_id,
    -- where the shop has taken away the last rule, which holds for every visit
    coalesce(e.channel, 'unassigned') as channel,
    nullif(s.source, '') as channel_source,
    nullif(s.campaign, '') as campaign_name,
    -- whatever the shop calls these channels
    s.source_kind = 'bot' as is_crawler,
    s.platform = 'store' as is_at_till
from {{ ref('int_session_evidence') }} as s
left join {{ ref('int_channel_evidence') }} as e
    on
        s.source_kind = e.source_kind
        and s.source = e.source
        and s.medium_kind = e.medium_kind
        and s.medium = e.medium
        and s.campaign = e.campaign
        and s.platform = e.platform
