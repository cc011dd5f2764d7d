-- One row per target: the model that won. With `evaluate: false` an earlier run's choice stays.
{% if keeps_earlier_evaluation() %}
select * from {{ this }}
{% else %}
with choices as (
    select {{ explode('choice') }} as item
    from {{ ref('ml_purchase_evaluation') }}
)

select
    c.item.target as target,
    c.item.model as model
from choices as c
{% endif %}
