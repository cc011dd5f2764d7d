{{ config(enabled=reads('woocommerce'), materialized='table') }}
-- One row per item of WooCommerce's exported orders, with what is credited for it and for its order. Where refunds are rows of
-- their own, they alone take back. An amount paid back for an order, and not for its items, is credited less its share of tax;
-- where that is all that its items brought, or more, for postage came back as well, the order came back whole. Of an order that
-- is no sale nothing is credited.
{% call(source) each_source('woocommerce') %}
with amounts as (
    select
        *,
        bool_or(is_back) over of_order as has_refund_rows,
        sum(refund_value) over of_order as items_refund,
        sum(net_value) over of_order as items_value,
        max(line_number) over of_order as last_line,
        -- costs of single pieces are rounded
        0.01 + 0.005 * sum(abs(pieces)) over of_order as tolerance,
        coalesce(
            known_state in ('cancelled', 'returned'{{ "" if pending_is_sale() else ", 'pending'" }}), false
        ) as is_undone
    from {{ of_source(ref('src_woocommerce__amounts'), source) }}
    window of_order as (partition by order_number)
),

with_item_credit as (
    select
        *,
        not is_undone and not has_refund_rows and row_defect is null as may_be_credited,
        refund_value > 0 and refund_value >= net_value and may_be_credited as is_item_back,
        case when may_be_credited and refund_value > 0 and refund_value < net_value then refund_value else 0 end as item_credit
    from amounts
),

with_paid_back as (
    select
        *,
        case
            when not may_be_credited or items_refund > 0 then 0
            -- the pieces of this order are less what was refunded
            when is_net_of_refunds and coalesce(abs(items_value - order_value) > tolerance, true) then 0
            else {{ whole_cents('order_refund_paid * (1 - coalesce(order_tax_value / nullif(order_paid, 0), 0))') }}
        end as paid_back,
        coalesce(paid_back > 0 and paid_back >= items_value - tolerance, false) as is_order_back
    from with_item_credit
)

select
    *,
    is_item_back or is_order_back as is_whole_back,
    -- what is no amount is refused as it was written
    case
        when not may_be_credited then null
        when unread_refund is not null then unread_refund
        when paid_back > 0 and not is_order_back then cast(paid_back as string)
    end as order_credit
from with_paid_back
{% endcall %}
