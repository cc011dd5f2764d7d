-- One row per campaign that nobody was drawn for, variant and metric: the effect among those who were shown it, adjusted for
-- what was known of them before.
with effects as (
    select {{ explode('adjusted') }} as item
    from {{ ref('ml_undrawn_effects') }}
)

select
    e.item.campaign_id as campaign_id,
    e.item.variant as variant,
    e.item.metric as metric,
    e.item.customers as customers,
    e.item.control_customers as control_customers,
    e.item.mean as mean,
    e.item.control_mean as control_mean,
    e.item.effect as effect,
    e.item.standard_error as standard_error,
    e.item.relative_standard_error as relative_standard_error,
    e.item.elapsed_share as elapsed_share
from effects as e
