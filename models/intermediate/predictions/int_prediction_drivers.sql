-- One row per customer, target and rank: what moved the answer, by how much.
with features as (
    select {{ explode('features') }} as item
    from {{ ref('ml_customer_predictions') }}
),

drivers as (
    {% for target in ['purchase', 'churn'] %}
    select
        run_id,
        '{{ target }}' as target,
        {{ explode(target ~ '_drivers') }} as item
    from {{ ref('ml_customer_predictions') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    c.customer_id,
    d.target,
    d.item.driver_rank as driver_rank,
    f.item.feature as feature,
    d.item.feature_value as feature_value,
    d.item.effect as effect,
    d.run_id
from drivers as d
inner join {{ ref('int_customers') }} as c on d.item.customer_code = c.customer_code
inner join features as f on d.item.feature_code = f.item.feature_code
