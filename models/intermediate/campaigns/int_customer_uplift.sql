-- One row per campaign and variant whose effect differs between customers, and customer of today: what a campaign like it is
-- expected to change.
with scores as (
    select
        run_id,
        {{ explode('uplift') }} as item
    from {{ ref('ml_customer_uplift') }}
)

select
    s.item.campaign_id as campaign_id,
    s.item.variant as variant,
    k.customer_id,
    s.item.uplift as uplift,
    s.item.ci_low as ci_low,
    s.item.ci_high as ci_high,
    s.run_id
from scores as s
inner join {{ ref('int_customers') }} as k on s.item.customer_code = k.customer_code
where not k.is_erased
