{{ config(materialized='view') }}
-- One row per session: all that is known of who sent it, each signal apart. The shop's own pages, and those on which people pay
-- or sign in, send nobody: the visit goes on.
select
    f.session_id,
    f.platform,
    {{ source_of_id('f.session_id') }} as source_system,
    l.told_source,
    l.told_medium,
    l.told_campaign,
    t.source as named_source,
    t.kind as named_kind,
    -- null where it says that there is none
    nullif(m.medium_kind, 'none') as told_medium_kind,
    l.told_medium is not null and coalesce(m.medium_kind, '') <> 'none' as tells_medium,
    c.source as click_source,
    c.source_kind as click_kind,
    c.medium_kind as click_medium,
    case when r.kind not in ('own', 'passing') then r.source end as referrer_source,
    case when r.kind not in ('own', 'passing') then r.kind end as referrer_kind,
    b.source as app_source,
    b.source_kind as app_kind,
    -- an analytics tool calls those a referral, too
    coalesce(
        t.kind in ('own', 'passing') and coalesce(m.medium_kind, 'referral') in ('referral', 'none'), false
    ) as is_on_the_way
from {{ ref('int_session_facts') }} as f
left join {{ ref('int_session_landings') }} as l on f.session_id = l.session_id
left join {{ ref('int_traffic_sources') }} as t on l.told_source = t.told
left join {{ ref('int_traffic_sources') }} as r on l.referrer_host = r.told
left join {{ ref('int_click_ids') }} as c on l.parameter_names = c.parameter_names
left join {{ ref('int_campaign_media') }} as m on l.told_medium = m.told_medium
left join {{ ref('int_app_browsers') }} as b on f.user_agent = b.user_agent
