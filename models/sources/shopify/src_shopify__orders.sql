{{ config(enabled=reads('shopify'), materialized='table') }}
-- One row per order of Shopify's export: what its first line alone says, what codes took off, and what was paid back of it
-- while it is kept. That may be more than the goods brought, for postage comes back as well: Shopify says when an order came
-- back whole.
{% call(source) each_source('shopify') %}
with told as (
    select
        name,
        max({{ shopify_person(['email', 'phone', 'billing_phone', 'shipping_phone']) }}) as customer_id,
        max({{ shopify_state() }}) as order_status,
        max(currency) as currency,
        max(discount_code) as coupon_code,
        max(shipping_address) as shipping_address,
        max(payment_name) as payment_name,
        max(source) as channel,
        max(coalesce(shipping_country, billing_country)) as country,
        max(case when cancelled_at is null and lower(financial_status) = 'partially_refunded' then refunded_amount end)
            as told_refund,
        max(row_number) as last_row_number,
        max(line_number) as lines,
        max(created_at) as ordered_at,
        -- codes reduce the order, not its lines; of a code for free postage nothing is in the subtotal
        case when sum(line_value) > 0 then greatest(sum(line_value) - max({{ amount_of_text('subtotal') }}), 0) else 0 end
            as order_discount
    from {{ of_source(ref('src_shopify__order_rows'), source) }}
    where row_defect is null
    group by name
)

select
    *,
    {{ amount_of_text('told_refund') }} as refund,
    -- what is no amount is refused as it was written
    case when refund is null or refund > 0 then told_refund end as credit
from told
{% endcall %}
