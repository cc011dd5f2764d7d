{{ config(enabled=reads('woocommerce'), materialized='table') }}
-- One row per item of WooCommerce's exported orders, with its money as numbers: before and after discounts, without tax where
-- the export has it so, and what of it was refunded. An item's cost is after discounts; codes are spread over items already.
{% call(source) each_source('woocommerce') %}
with with_value as (
    select
        *,
        pieces < 0 or coalesce(whole_value, whole_list_value, 0) < 0 as is_back,
        coalesce(
            case when order_has_no_item then order_value end,
            whole_value,
            case when is_net_of_refunds then kept_value end,
            {{ product_of('abs(pieces)', 'cost') }},
            coalesce(abs(whole_list_value), {{ product_of('abs(pieces)', 'list_cost') }}) - coalesce(whole_discount, 0)
        ) as told_value,
        -- a price below zero of what did not come back is refused, not turned
        case when is_back then abs(told_value) else told_value end as net_value
    from {{ of_source(ref('src_woocommerce__numbers'), source) }}
)

select
    *,
    greatest(
        net_value, coalesce(abs(whole_list_value), {{ product_of('abs(pieces)', 'list_cost') }}, net_value + whole_discount)
    ) as list_value,
    case
        when net_value is not null then null
        when order_has_no_item then {{ woocommerce_unread(['order_subtotal', 'order_total']) }}
        else {{ woocommerce_unread(
            ['line_total', 'line_no_tax', 'kept_total', 'item_cost', 'cost_with_tax', 'line_subtotal', 'listed_cost']
        ) }}
    end as unread_value,
    -- of what was told of refunds: their amount, the line less them, the pieces less them
    coalesce(
        nullif(told_refund, 0),
        case
            when not is_net_of_refunds
                then net_value - coalesce(kept_value, {{ whole_cents('net_value * kept_pieces / nullif(pieces, 0)') }})
        end,
        0
    ) as refund_value,
    coalesce(nullif(told_refund_pieces, 0), case when not is_net_of_refunds then pieces - kept_pieces end, 0) as refund_pieces
from with_value
{% endcall %}
