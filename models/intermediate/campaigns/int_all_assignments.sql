-- One row per campaign and customer who was drawn for it, or for its holdout, in this run or before.
select
    d.campaign_id,
    d.customer_id,
    d.variant,
    d.arm,
    d.propensity,
    d.assigned_at,
    d.audience,
    d.drawn_by
from {{ ref('int_assigned') }} as d
union all
select
    n.campaign_id,
    n.customer_id,
    n.variant,
    n.arm,
    n.propensity,
    n.as_of as assigned_at,
    n.audience,
    'project' as drawn_by
from {{ ref('int_assignments') }} as n
inner join {{ ref('stg_as_of') }} as a on n.as_of = a.as_of
-- what the tool says of a campaign is all that counts, as in int_assigned
anti join {{ ref('stg_assignments') }} as s on n.campaign_id = s.campaign_id
anti join {{ ref('int_erased_customers') }} as e on n.customer_id = e.customer_id
where n.source_system = '{{ source_system() }}'
