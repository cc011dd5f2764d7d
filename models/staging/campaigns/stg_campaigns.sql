-- One row per campaign: accepted, each once.
select
    t.row_number,
    t.campaign_id,
    t.campaign_name,
    t.channel,
    t.audience,
    t.offer,
    t.variants,
    t.starts_at,
    t.ends_at,
    t.cost,
    t.holdout_share,
    t.success_metric,
    t.attribution_days
from {{ ref('stg_campaigns__typed') }} as t
anti join {{ ref('stg_campaigns__repeated') }} as r on t.row_number = r.row_number
where t.reject_reason is null
