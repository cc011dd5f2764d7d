-- One row per target, model and bin of predicted probabilities. With `evaluate: false` an earlier run's rows stay.
{% if keeps_earlier_evaluation() %}
select * from {{ this }}
{% else %}
with bins as (
    select
        run_id,
        {{ explode('reliability') }} as item
    from {{ ref('ml_purchase_evaluation') }}
)

select
    b.item.target as target,
    b.item.model as model,
    b.item.bin as bin,
    b.item.customers as customers,
    b.item.predicted as predicted,
    b.item.observed as observed,
    b.run_id,
    {{ evaluation_origin() }}
from bins as b
{% endif %}
