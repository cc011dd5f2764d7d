-- One row per campaign and customer who was shown it: when and in which variant first, and what that cost.
select
    campaign_id,
    customer_id,
    min(first_shown_at) as first_shown_at,
    min_by(variant, first_shown_at) as variant,
    sum(cost) as cost
from {{ ref('int_campaign_people') }}
where customer_id is not null
group by campaign_id, customer_id
