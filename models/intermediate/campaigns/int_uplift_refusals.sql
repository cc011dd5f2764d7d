-- One row per campaign and variant of which too little is known to say whom it moves, and why.
with campaigns as (
    select
        run_id,
        {{ explode('campaigns') }} as item
    from {{ ref('ml_customer_uplift') }}
)

select
    c.item.campaign_id as campaign_id,
    c.item.variant as variant,
    c.item.customers as customers,
    c.item.sentence as sentence,
    c.run_id
from campaigns as c
where c.item.judged_by = 0
