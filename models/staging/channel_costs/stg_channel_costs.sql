-- One row per channel, campaign and day on which something was spent: accepted, up to as_of, each once.
select
    t.row_number,
    t.source_name,
    t.cost_date,
    t.channel,
    t.cost,
    t.currency,
    t.campaign_name
from {{ ref('stg_channel_costs__typed') }} as t
anti join {{ ref('stg_channel_costs__repeated') }} as r on t.row_number = r.row_number
where
    t.reject_reason is null
    and {{ known_at_as_of('t.known_at') }}
