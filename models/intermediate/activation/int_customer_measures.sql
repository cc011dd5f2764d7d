-- One row per customer: the measures that the rules of audiences name. Null where one is not known.
with open_carts as (
    select
        s.customer_id,
        count(distinct i.product_id) as products
    from {{ ref('int_cart_items') }} as i
    inner join {{ ref('int_sessions') }} as s on i.session_id = s.session_id
    where s.customer_id is not null
    group by s.customer_id
)

select
    c.customer_id,
    cast(coalesce(o.orders, 0) as double) as orders,
    cast(o.gross_revenue as double) as gross_revenue,
    case
        when o.orders > 0
            then percent_rank() over (partition by o.orders > 0 order by o.gross_revenue asc nulls first)
    end as gross_revenue_share_below,
    cast({{ whole_days_between('o.first_ordered_at', 'a.as_of') }} as double) as days_since_first_order,
    cast({{ whole_days_between('o.last_ordered_at', 'a.as_of') }} as double) as days_since_last_order,
    p.expected_next_order_in_days as days_to_next_order,
    p.purchase_probability,
    p.churn_probability,
    p.p_alive,
    p.predicted_clv_365d,
    case
        when p.predicted_clv_365d is not null
            then percent_rank() over (
                partition by p.predicted_clv_365d is not null order by p.predicted_clv_365d asc nulls first
            )
    end as predicted_clv_share_below,
    cast(coalesce(n.products, 0) as double) as open_cart_products,
    cast(coalesce(s.sessions, 0) as double) as sessions,
    cast(coalesce(v.unhappy_texts_90d, 0) as double) as unhappy_texts_90d,
    cast(coalesce(v.open_messages, 0) as double) as open_messages
from {{ ref('int_customers') }} as c
cross join {{ ref('stg_as_of') }} as a
left join {{ ref('int_customer_orders') }} as o on c.customer_id = o.customer_id
left join {{ ref('int_customer_sessions') }} as s on c.customer_id = s.customer_id
left join {{ ref('int_customer_predictions') }} as p on c.customer_id = p.customer_id
left join {{ ref('int_customer_voice') }} as v on c.customer_id = v.customer_id
left join open_carts as n on c.customer_id = n.customer_id
where not c.is_erased
