-- One row per target (purchase, churn, value): the model that won. With `evaluate: false` an earlier run's choice stays.
{% if keeps_earlier_evaluation() %}
select * from {{ this }}
{% else %}
with choices as (
    {% for model in ['ml_purchase_evaluation', 'ml_value_evaluation'] %}
    select {{ explode('choice') }} as item
    from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    c.item.target as target,
    c.item.model as model,
    {{ evaluation_origin() }}
from choices as c
{% endif %}
