-- One row per session: what is known of who sent it, in the words of channel_rules. The link's own words go first, then a click
-- that an advertiser names, the referrer, the app whose browser it is. Texts are never null here: '' is none.
with systems as (
    select distinct {{ source_of_id('session_id') }} as source_system
    from {{ ref('int_session_landings') }}
),

chosen as (
    select
        f.*,
        s.source_system is null as tells_nothing,
        not f.is_on_the_way
        and (f.told_source is not null or f.told_campaign is not null or f.tells_medium) as is_tagged,
        coalesce(
            case when not f.is_on_the_way then f.named_source end,
            case when f.click_medium is not null then f.click_source end,
            f.referrer_source, f.click_source, f.app_source
        ) as source
    from {{ ref('int_session_signals') }} as f
    left join systems as s on f.source_system = s.source_system
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
    -- a link that was tagged as found without payment was paid for, if the click was
    coalesce(
        case
            when c.told_medium_kind in ('organic', 'referral') and c.click_medium in ('paid', 'display', 'affiliate')
                then c.click_medium
        end,
        case when not c.is_on_the_way then c.told_medium_kind end,
        c.click_medium, ''
    ) as medium_kind,
    coalesce(c.told_medium, '') as medium,
    coalesce(c.told_campaign, '') as campaign,
    coalesce(c.platform, '') as platform
from chosen as c
left join {{ ref('int_agent_sessions') }} as g on c.session_id = g.session_id
left join {{ ref('int_bot_sessions') }} as o on c.session_id = o.session_id
