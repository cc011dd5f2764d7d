-- One row per order line: accepted, up to as_of, each once. A line returned after as_of has not been returned yet, and a credit
-- note written after it is not there yet. Orders of several customers under one id have a number behind it from the second on.
select
    t.row_number,
    t.source_name,
    coalesce(p.own_order_id, t.order_id) as order_id,
    {{ one_product('t.product_id') }} as product_id,
    t.ordered_at,
    {{ one_customer('t.customer_id') }} as customer_id,
    t.line_number,
    t.quantity,
    t.unit_price,
    t.discount_amount,
    case
        when t.order_status = 'completed' and t.returned_at is not null and {{ known_at_as_of('t.returned_at') }}
            then 'returned'
        when t.order_status = 'returned' and t.quantity > 0 and not {{ known_at_as_of('t.returned_at') }}
            then 'completed'
        else t.order_status
    end as order_status,
    case when {{ known_at_as_of('t.returned_at') }} then t.returned_at end as returned_at,
    t.is_product,
    t.channel,
    t.country,
    t.product_name,
    t.unit_cost,
    t.currency,
    t.coupon_code,
    t.shipping_address,
    t.payment_name
from {{ ref('stg_order_lines__typed') }} as t
anti join {{ ref('stg_order_lines__repeated') }} as r on t.row_number = r.row_number
left join {{ ref('stg_order_lines__parts') }} as p on t.row_number = p.row_number
{{- join_customers('t.customer_id') }} {{- join_products('t.product_id') }}
where
    t.reject_reason is null
    and {{ known_at_as_of('t.known_at') }}
