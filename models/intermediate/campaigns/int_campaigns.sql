-- One row per campaign that any input names: as it is declared, else as its assignments and touches show. Its window is the
-- time in which what people do counts as its result.
with campaign_ids as (
    select campaign_id from {{ ref('stg_campaigns') }}
    union
    select campaign_id from {{ ref('stg_assignments') }}
    union
    select campaign_id from {{ ref('stg_touches') }} where campaign_id is not null
),

assigned as (
    select
        campaign_id,
        min(assigned_at) as first_assigned_at
    from {{ ref('stg_assignments') }}
    group by campaign_id
),

shown as (
    select
        t.campaign_id,
        -- what was shown before its start is a test, or another's
        min(t.shown_at) filter (where t.shown_at >= coalesce(c.starts_at, a.first_assigned_at, t.shown_at)) as first_shown_at
    from {{ ref('stg_touches') }} as t
    left join {{ ref('stg_campaigns') }} as c on t.campaign_id = c.campaign_id
    left join assigned as a on t.campaign_id = a.campaign_id
    group by t.campaign_id
)

select
    i.campaign_id,
    coalesce(c.campaign_name, i.campaign_id) as campaign_name,
    c.channel,
    c.audience,
    c.offer,
    coalesce(c.variants, 'A') as variants,
    coalesce(c.starts_at, a.first_assigned_at, s.first_shown_at) as starts_at,
    coalesce(
        c.ends_at,
        coalesce(c.starts_at, a.first_assigned_at, s.first_shown_at)
        + interval '1 day' * coalesce(c.attribution_days, {{ var('attribution_days') }})
    ) as ends_at,
    coalesce(c.attribution_days, {{ var('attribution_days') }}) as attribution_days,
    c.cost,
    coalesce(c.holdout_share, {{ var('holdout_share') }}) as holdout_share,
    coalesce(c.success_metric, 'conversion') as success_metric,
    coalesce(c.channel not in ('web', 'app', 'shop', 'store'), true) as needs_consent,
    c.campaign_id is not null as is_declared,
    a.campaign_id is not null as is_assigned_elsewhere,
    s.first_shown_at
from campaign_ids as i
left join {{ ref('stg_campaigns') }} as c on i.campaign_id = c.campaign_id
left join assigned as a on i.campaign_id = a.campaign_id
left join shown as s on i.campaign_id = s.campaign_id
