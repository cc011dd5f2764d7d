-- One row per campaign and customer who was drawn for it, or for its holdout: once, and never again.
with drawn as (
    select
        campaign_id,
        customer_id,
        variant,
        arm,
        propensity,
        assigned_at,
        audience
    from {{ ref('int_assigned') }}
    union all
    select
        n.campaign_id,
        n.customer_id,
        n.variant,
        n.arm,
        n.propensity,
        n.as_of as assigned_at,
        n.audience
    from {{ ref('int_assignments') }} as n
    inner join {{ ref('stg_as_of') }} as a on n.as_of = a.as_of
    -- what the tool says of a campaign is all that counts, as in int_assigned
    anti join {{ ref('stg_assignments') }} as s on n.campaign_id = s.campaign_id
    where n.source_system = '{{ source_system() }}'
)

select
    d.campaign_id,
    d.customer_id,
    d.variant,
    d.arm,
    d.propensity,
    d.assigned_at,
    d.audience
from drawn as d
inner join {{ ref('int_customers') }} as c on d.customer_id = c.customer_id
where not c.is_erased
