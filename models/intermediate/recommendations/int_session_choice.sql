-- One row: the strategy that predicted next clicks best, with its tuned parameters. With `evaluate: false` an earlier run's
-- choice stays.
{% if keeps_earlier_evaluation() %}
select * from {{ this }}
{% else %}
with choices as (
    select {{ explode('choice') }} as item
    from {{ ref('ml_session_evaluation') }}
)

select
    c.item.strategy as strategy,
    c.item.parameters as parameters
from choices as c
{% endif %}
