-- One row per customer who has ordered or visited and is not erased: what is predicted. Without an order there is neither
-- value nor churn.
with predictions as (
    select
        run_id,
        {{ explode('predictions') }} as item
    from {{ ref('ml_customer_predictions') }}
),

worth as (
    select {{ explode('customers') }} as item
    from {{ ref('ml_customer_value') }}
),

models as (
    select {{ explode('models') }} as item
    from {{ ref('ml_customer_predictions') }}
)

select
    c.customer_id,
    p.item.purchase_probability as purchase_probability,
    p.item.churn_probability as churn_probability,
    w.item.p_alive as p_alive,
    w.item.expected_orders_90d as expected_orders_90d,
    w.item.expected_orders_365d as expected_orders_365d,
    w.item.average_order_value as expected_order_value,
    w.item.predicted_clv_365d as predicted_clv_365d,
    w.item.clv_low as clv_low,
    w.item.clv_high as clv_high,
    w.item.expected_next_order_in_days as expected_next_order_in_days,
    m.item.model as model,
    p.run_id
from predictions as p
inner join {{ ref('int_customers') }} as c on p.item.customer_code = c.customer_code
left join worth as w on p.item.customer_code = w.item.customer_code
left join models as m on m.item.target = 'purchase'
