{{ config(enabled=reads('shopify'), materialized='table') }}
-- One row per row of Shopify's exported orders, with its place in its order and what it is worth. Of an order that was exported
-- again in one file (files that somebody set one below the other) the last export stays, whole.
{% call(source) each_source('shopify') %}
with numbered as (
    select
        *,
        count(financial_status) over (partition by name order by row_number asc nulls last) as export_number
    from {{ raw_rows('orders', source) }} as orders_export
)

select
    n.* exclude (shipping_street, shipping_zip, billing_name),
    -- where it went and who paid is never kept as it is written
    {{ hidden_text('shipping_address', "(shipping_street || ' ' || coalesce(" ~ shopify_text('shipping_zip') ~ ", ''))") }} as shipping_address,
    {{ hidden_text('payment_name', 'billing_name') }} as payment_name,
    row_number() over (partition by name, export_number order by row_number asc nulls last) as line_number,
    -- a tip is in the order's total, not in its subtotal
    lower(item_name) = 'tip' as is_tip,
    abs(coalesce({{ amount_of_text('item_discount') }}, 0)) as line_discount,
    case when {{ amount_of_text('item_discount') }} is null then item_discount end as unread_discount,
    -- a row that cannot be read takes nothing of what its order was reduced by
    case
        when lower(item_name) <> 'tip' and row_defect is null
            then {{ value_of_pieces('item_quantity', 'item_price') }} - line_discount
    end as line_value
from numbered as n
cross join {{ words_of_addresses() }} as short
qualify name is null or export_number = max(export_number) over (partition by name)
{% endcall %}
