-- One row per different evidence of who sent a visit, with its channel: that of the first of channel_rules whose conditions all
-- hold. Visits have few of them, so that many rules cost little.
with evidence as (
    select distinct
        source_kind,
        source,
        medium_kind,
        medium,
        campaign,
        platform
    from {{ ref('int_session_evidence') }}
)

select
    e.source_kind,
    e.source,
    e.medium_kind,
    e.medium,
    e.campaign,
    e.platform,
    r.channel
from evidence as e
inner join {{ ref('channel_rules') }} as r
    on
        coalesce(e.source_kind = r.source_kind, true)
        and coalesce(e.medium_kind = r.medium_kind, true)
        and coalesce(e.platform = r.platform, true)
        and coalesce(e.source ilike r.source, true)
        and coalesce(e.medium ilike r.medium, true)
        and coalesce(e.campaign ilike r.campaign, true)
qualify
    row_number() over (
        partition by e.source_kind, e.source, e.medium_kind, e.medium, e.campaign, e.platform
        order by r.priority asc nulls last
    ) = 1
