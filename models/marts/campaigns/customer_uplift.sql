-- One row per campaign and variant whose effect differs between customers, and customer: what one like it is expected to
-- change.
select
    u.customer_id,
    u.campaign_id,
    u.variant,
    {{ finite('u.uplift') }} as uplift,
    {{ finite('u.ci_low') }} as ci_low,
    {{ finite('u.ci_high') }} as ci_high,
    u.run_id,
    a.as_of
from {{ ref('int_customer_uplift') }} as u
cross join {{ ref('stg_as_of') }} as a
