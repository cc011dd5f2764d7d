-- One row per customer who has ordered or visited and is not erased: what is to be expected.
select
    p.customer_id,
    cast({{ var('prediction_horizon_days') }} as int) as horizon_days,
    {{ finite('p.p_alive') }} as p_alive,
    {{ finite('p.churn_probability') }} as churn_probability,
    {{ finite('p.purchase_probability') }} as purchase_probability,
    {{ finite('p.expected_orders_90d') }} as expected_orders_90d,
    {{ finite('p.expected_orders_365d') }} as expected_orders_365d,
    cast(p.expected_order_value as decimal(18, 2)) as average_order_value,
    cast(coalesce(o.net_revenue, 0) as decimal(18, 2)) as historic_clv,
    cast(p.predicted_clv_365d as decimal(18, 2)) as predicted_clv_365d,
    cast(p.clv_low as decimal(18, 2)) as clv_low,
    cast(p.clv_high as decimal(18, 2)) as clv_high,
    cast(coalesce(o.net_revenue, 0) + cast(p.predicted_clv_365d as decimal(18, 2)) as decimal(18, 2)) as total_clv,
    cast(o.average_days_between_orders as double) as average_days_between_orders,
    a.as_of
    + interval '1 second' * cast(floor(p.expected_next_order_in_days * 86400) as bigint) as expected_next_order_at,
    p.model,
    nullif(concat_ws(
        ' ',
        case when coalesce(o.orders, 0) = 0 then 'The customer has not ordered yet.' end,
        case
            when not k.has_dates then 'The orders have no dates.'
            when p.purchase_probability is null or (o.orders > 0 and (p.churn_probability is null or p.p_alive is null))
                then 'The orders of the shop do not reach back far enough: see quality.model_runs.'
            when o.orders > 0 and p.expected_next_order_in_days is null
                then 'Too little is known of the pauses between orders.'
        end
    ), '') as null_reason,
    p.run_id,
    a.as_of
from {{ ref('int_customer_predictions') }} as p
cross join {{ ref('stg_as_of') }} as a
cross join {{ ref('int_order_dates') }} as k
left join {{ ref('int_customer_orders') }} as o on p.customer_id = o.customer_id
