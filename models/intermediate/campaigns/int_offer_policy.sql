-- One row per customer who may be contacted: what the next send has for them.
with drawn as (
    select
        run_id,
        {{ explode('policy') }} as item
    from {{ ref('ml_offer_policy') }}
)

select
    k.customer_id,
    d.item.offer_code as offer_code,
    d.item.propensity as propensity,
    d.item.gain as gain,
    d.item.gain_low as gain_low,
    d.item.gain_high as gain_high,
    d.item.best_offer_code as best_offer_code,
    d.item.best_gain as best_gain,
    d.item.reason as reason,
    d.item.policy as policy,
    d.run_id
from drawn as d
inner join {{ ref('int_customers') }} as k on d.item.customer_code = k.customer_code
where not k.is_erased
