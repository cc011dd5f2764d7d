-- One row per strategy: its tuned parameters, and whether it won. With `evaluate: false` an earlier run's choice stays.
{% if keeps_earlier_evaluation() %}
select * from {{ this }}
{% else %}
with choices as (
    select {{ explode('choice') }} as item
    from {{ ref('ml_recommendation_evaluation') }}
)

select
    c.item.strategy as strategy,
    c.item.parameters as parameters,
    c.item.is_champion as is_champion,
    c.item.window_days as window_days,
    {{ evaluation_origin() }}
from choices as c
{% endif %}
