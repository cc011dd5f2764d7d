{{ config(enabled=source_system() == 'woocommerce', materialized='table') }}
-- One row per item of WooCommerce's exported orders, with its money as numbers: before and after discounts, without tax where
-- the export has it so, and what of it was refunded. An item's cost is after discounts; codes are spread over items already.
with told as (
    select
        r.*,
        coalesce(bool_or(regexp_matches(
            concat_ws(' ', item_cost, line_total, line_no_tax, line_subtotal, order_total, order_subtotal, kept_total),
            ',[0-9]{1,2}([^0-9.,]|$)'
        )) over (), false) as has_decimal_commas,
        regexp_replace(trim(status), '^wc-', '') as order_state,
        s.order_status as known_state
    from {{ ref('src_woocommerce__order_rows') }} as r
    left join {{ ref('order_statuses') }} as s on lower(regexp_replace(trim(r.status), '^wc-', '')) = s.spelling
),

numbers as (
    select
        *,
        {{ woocommerce_number('quantity') }} as all_pieces,
        {{ woocommerce_number('kept_quantity') }} as kept_pieces,
        coalesce(all_pieces, kept_pieces, 1) as pieces,
        -- an export that counts pieces less refunds alone has values of whole lines that belong to other pieces
        all_pieces is null and kept_pieces is not null as is_net_of_refunds,
        case when not is_net_of_refunds then coalesce(
            {{ woocommerce_number('line_total') }}, {{ woocommerce_number('line_no_tax') }}
        ) end as whole_value,
        case when not is_net_of_refunds then {{ woocommerce_number('line_subtotal') }} end as whole_list_value,
        case when not is_net_of_refunds then {{ woocommerce_number('item_discount') }} end as whole_discount,
        coalesce({{ woocommerce_number('item_cost') }}, {{ woocommerce_number('cost_with_tax') }}) as cost,
        {{ woocommerce_number('listed_cost') }} as list_cost,
        {{ woocommerce_number('kept_total') }} as kept_value,
        {{ woocommerce_number('order_subtotal') }} - coalesce({{ woocommerce_number('order_discount') }}, 0) as order_value,
        coalesce({{ woocommerce_number('order_total') }}, 0) as order_paid,
        coalesce({{ woocommerce_number('order_tax') }}, 0) as order_tax_value,
        abs(coalesce(
            {{ woocommerce_number('order_refund') }},
            list_sum(list_transform(
                regexp_extract_all(refund_items, '(?:^|;)amount:-?([0-9.]+)', 1),
                lambda amount: try_cast(amount as decimal(18, 6))
            )),
            0
        )) as order_refund_paid,
        abs({{ woocommerce_number('refunded') }}) as told_refund,
        abs({{ woocommerce_number('refunded_quantity') }}) as told_refund_pieces
    from told
),

with_value as (
    select
        *,
        pieces < 0 or coalesce(whole_value, 0) < 0 as is_back,
        abs(coalesce(
            case when order_has_no_item then order_value end,
            whole_value,
            case when is_net_of_refunds then kept_value end,
            cost * pieces,
            coalesce(whole_list_value, list_cost * pieces) - coalesce(whole_discount, 0)
        )) as net_value
    from numbers
)

select
    *,
    greatest(net_value, abs(coalesce(whole_list_value, list_cost * pieces, net_value + whole_discount))) as list_value,
    -- of what was told of refunds: their amount, the line less them, the pieces less them
    coalesce(
        nullif(told_refund, 0),
        case
            when not is_net_of_refunds
                then net_value - coalesce(kept_value, round(net_value * kept_pieces / nullif(pieces, 0), 2))
        end,
        0
    ) as refund_value,
    coalesce(nullif(told_refund_pieces, 0), case when not is_net_of_refunds then pieces - kept_pieces end, 0) as refund_pieces
from with_value
