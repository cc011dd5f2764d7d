{{ config(enabled=reads('woocommerce'), materialized='table') }}
-- One row per item of WooCommerce's exported orders, with its amounts and pieces read, each by itself, and its order's state.
{% call(source) each_source('woocommerce') %}
with told as (
    select
        r.*,
        regexp_replace(trim(status), '^wc-', '') as order_state,
        s.order_status as known_state
    from {{ of_source(ref('src_woocommerce__order_rows'), source) }} as r
    left join {{ ref('order_statuses') }} as s on lower(regexp_replace(trim(r.status), '^wc-', '')) = s.spelling
)

select
    *,
    {{ amount_of_text('quantity') }} as all_pieces,
    {{ amount_of_text('kept_quantity') }} as kept_pieces,
    coalesce(all_pieces, kept_pieces, 1) as pieces,
    -- an export that counts pieces less refunds alone has values of whole lines that belong to other pieces
    all_pieces is null and kept_pieces is not null as is_net_of_refunds,
    case when not is_net_of_refunds then coalesce(
        {{ amount_of_text('line_total') }}, {{ amount_of_text('line_no_tax') }}
    ) end as whole_value,
    case when not is_net_of_refunds then {{ amount_of_text('line_subtotal') }} end as whole_list_value,
    case when not is_net_of_refunds then abs({{ amount_of_text('item_discount') }}) end as whole_discount,
    coalesce({{ amount_of_text('item_cost') }}, {{ amount_of_text('cost_with_tax') }}) as cost,
    {{ amount_of_text('listed_cost') }} as list_cost,
    {{ amount_of_text('kept_total') }} as kept_value,
    coalesce({{ amount_of_text('order_total') }}, 0) as order_paid,
    coalesce({{ amount_of_text('order_tax') }}, 0) as order_tax_value,
    -- what goods cost: without discounts, or all that was paid but for tax, postage and fees
    coalesce(
        {{ amount_of_text('order_subtotal') }} - abs(coalesce({{ amount_of_text('order_discount') }}, 0)),
        {{ amount_of_text('order_total') }} - order_tax_value - coalesce({{ amount_of_text('order_postage') }}, 0)
        - coalesce({{ amount_of_text('order_fees') }}, 0)
    ) as order_value,
    abs(coalesce(
        nullif({{ amount_of_text('order_refund') }}, 0),
        list_sum(list_transform(
            regexp_extract_all(refund_items, '(?:^|[;|])amount:-?([0-9.,]+)', 1),
            lambda amount: {{ amount_of_text('amount') }}
        )),
        0
    )) as order_refund_paid,
    {{ woocommerce_unread(['order_refund']) }} as unread_refund,
    abs({{ amount_of_text('refunded') }}) as told_refund,
    abs({{ amount_of_text('refunded_quantity') }}) as told_refund_pieces
from told
{% endcall %}
