{{ config(enabled=reads('shopify'), materialized='table') }}
-- One row per line of Shopify's exported orders, and one per partial refund, of which the export has neither line nor day.
{% call(source) each_source('shopify') %}
with with_order as (
    select
        l.* exclude (currency, shipping_address, payment_name),
        o.* exclude (name, lines, last_row_number)
    from {{ of_source(ref('src_shopify__order_rows'), source) }} as l
    left join {{ of_source(ref('src_shopify__orders'), source) }} as o on l.name = o.name
)

select
    row_number,
    name as order_id,
    coalesce({{ shopify_text('item_sku') }}, item_name) as product_id,
    created_at as ordered_at,
    customer_id,
    cast(line_number as string) as line_number,
    item_quantity as quantity,
    item_price as unit_price,
    coalesce(
        unread_discount,
        cast(line_discount + {{ share_of_order('order_discount', 'line_value', 'name', 'line_number') }} as string)
    ) as discount_amount,
    order_status,
    case when is_tip then 'false' end as is_product,
    channel,
    country,
    item_name as product_name,
    {{ shopify_text('item_sku') }} as sku,
    currency,
    coupon_code,
    shipping_address,
    payment_name,
    row_defect
from with_order
union all by name
select
    (select max(r.row_number) from {{ of_source(ref('src_shopify__order_rows'), source) }} as r)
    + row_number() over (order by last_row_number asc nulls last) as row_number,
    name as order_id,
    'refund' as product_id,
    ordered_at,
    customer_id,
    cast(lines + 1 as string) as line_number,
    '-1' as quantity,
    credit as unit_price,
    'returned' as order_status,
    'false' as is_product,
    channel,
    country,
    'Refund of which the day is not known' as product_name,
    currency
from {{ of_source(ref('src_shopify__orders'), source) }}
where credit is not null
{% endcall %}
