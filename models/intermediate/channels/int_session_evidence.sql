-- One row per session: what is known of who sent it, in the words of channel_rules. The link's own words go first, then a click
-- that an advertiser names, the referrer, the app whose browser it is. The shop's own pages, and those on which people pay or
-- sign in, send nobody: the visit goes on. Texts are never null here: '' is none.
with found as (
    select
        f.session_id,
        f.platform,
        l.session_id is not null as has_landing,
        {{ source_of_id('f.session_id') }} as source_system,
        l.told_source,
        l.told_medium,
        l.told_campaign,
        t.source as named_source,
        t.kind as named_kind,
        nullif(m.medium_kind, 'none') as told_medium_kind,
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
),

systems as (
    select
        source_system,
        bool_or(has_landing) as tells_anything
    from found
    group by source_system
),

chosen as (
    select
        f.*,
        not s.tells_anything as tells_nothing,
        not f.is_on_the_way and (
            f.told_source is not null or f.told_campaign is not null
            or (f.told_medium is not null and coalesce(f.told_medium_kind, f.told_medium) <> 'none')
        ) as is_tagged,
        coalesce(
            case when not f.is_on_the_way then f.named_source end,
            case when f.click_medium is not null then f.click_source end,
            f.referrer_source, f.click_source, f.app_source
        ) as source
    from found as f
    inner join systems as s on f.source_system = s.source_system
)

select
    c.session_id,
    coalesce(case
        when g.session_id is not null then 'agent'
        when o.session_id is not null then 'bot'
        when not c.is_on_the_way and c.named_kind not in ('own', 'passing', 'site') then c.named_kind
        -- the link's own word is not known: what else is there
        when c.click_medium is not null then c.click_kind
        when c.referrer_kind <> 'site' then c.referrer_kind
        when c.click_source is not null then c.click_kind
        when c.app_source is not null and c.referrer_kind is null then c.app_kind
        when c.named_kind = 'site' and not c.is_on_the_way then 'site'
        when c.is_tagged then 'tagged'
        when c.tells_nothing then 'nothing'
        else c.referrer_kind
    end, '') as source_kind,
    coalesce(c.source, '') as source,
    coalesce(c.told_medium_kind, c.click_medium, '') as medium_kind,
    coalesce(c.told_medium, '') as medium,
    coalesce(c.told_campaign, '') as campaign,
    coalesce(c.platform, '') as platform
from chosen as c
left join {{ ref('int_agent_sessions') }} as g on c.session_id = g.session_id
left join {{ ref('int_bot_sessions') }} as o on c.session_id = o.session_id
