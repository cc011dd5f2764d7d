-- One row per customer whom another tool has drawn for a campaign: accepted, up to as_of, each once.
select
    t.row_number,
    t.campaign_id,
    t.customer_id as own_customer_id,
    {{ one_customer('t.customer_id') }} as customer_id,
    t.variant,
    t.arm,
    t.propensity,
    t.assigned_at
from {{ ref('stg_assignments__typed') }} as t {{ join_customers('t.customer_id') }}
anti join {{ ref('stg_assignments__repeated') }} as r on t.row_number = r.row_number
where
    t.reject_reason is null
    and {{ known_at_as_of('t.assigned_at') }}
