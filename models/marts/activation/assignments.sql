-- One row per campaign and customer who was drawn for it, or for its holdout: once, and never again.
select
    d.campaign_id,
    d.customer_id,
    d.variant,
    d.arm,
    d.propensity,
    d.assigned_at,
    d.audience
from {{ ref('int_all_assignments') }} as d
