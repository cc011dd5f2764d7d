-- One row per occasion on which products are chosen, as a number: a campaign, or all that is shown without one ('').
select
    campaign_id,
    cast(row_number() over (order by campaign_id asc nulls last) as int) as occasion_code,
    starts_at
from {{ ref('int_campaigns') }}
union all
select
    '' as campaign_id,
    0 as occasion_code,
    cast(null as timestamp) as starts_at
