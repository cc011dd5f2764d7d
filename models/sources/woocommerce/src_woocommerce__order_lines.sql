{{ config(enabled=reads('woocommerce'), materialized='table') }}
-- One row per item of WooCommerce's exported orders, one per item of which a part was refunded, and one per order of which an
-- amount was; their days are not known. An order of which the export names no item is one line that is no product.
{% call(source) each_source('woocommerce') %}
with facts as (
    select
        *,
        order_number as order_id,
        order_date as ordered_at,
        {{ woocommerce_person() }} as customer_id,
        coalesce(shipping_country, billing_country) as country,
        max(row_number) over () as last_row
    from {{ of_source(ref('src_woocommerce__refunds'), source) }}
),

lines as (
    select
        *,
        item_name as told_name,
        line_number as told_line,
        case
            -- what is no number is refused as it was written
            when coalesce(all_pieces, kept_pieces) is null then coalesce(quantity, kept_quantity)
            when is_back then '-' || cast(abs(pieces) as string)
            else cast(pieces as string)
        end as told_quantity,
        coalesce(unread_value, {{ price_of_one('list_value', 'abs(pieces)') }}) as unit_price,
        cast(list_value - net_value as string) as discount_amount,
        case
            when is_back then 'returned'
            when known_state = 'returned' and has_refund_rows then 'completed'
            when pieces = 0 then 'cancelled'
            when is_whole_back then 'returned'
            else order_state
        end as told_status,
        not order_has_no_item as is_told_product,
        row_number as told_row
    from facts
    union all by name
    select
        *,
        'Refund of which the day is not known' as told_name,
        last_line + line_number as told_line,
        '-' || cast(greatest(refund_pieces, 1) as string) as told_quantity,
        {{ price_of_one('item_credit', 'greatest(refund_pieces, 1)') }} as unit_price,
        'returned' as told_status,
        -- money back for goods that stayed
        refund_pieces > 0 as is_told_product,
        last_row + row_number as told_row
    from facts
    where item_credit > 0
    union all by name
    select
        * exclude (product_id),
        'refund' as product_id,
        'Refund of which the day is not known' as told_name,
        2 * last_line + 1 as told_line,
        '-1' as told_quantity,
        order_credit as unit_price,
        'returned' as told_status,
        false as is_told_product,
        2 * last_row + row_number as told_row
    from facts
    where order_credit is not null and line_number = 1
)

select
    told_row as row_number, order_id, product_id, ordered_at, customer_id, cast(told_line as string) as line_number,
    told_quantity as quantity, unit_price, discount_amount, told_status as order_status,
    case when not is_told_product then 'false' end as is_product, country, told_name as product_name,
    case when product_id <> 'refund' then sku end as sku, currency, coupon_code,
    shipping_address, payment_name, row_defect
from lines
{% endcall %}
