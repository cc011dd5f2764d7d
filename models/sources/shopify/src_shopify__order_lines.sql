{{ config(enabled=source_system() == 'shopify', materialized='table') }}
-- One row per line of Shopify's exported orders, and one per partial refund, of which the export has neither line nor day. Where
-- that is all that the order brought, or more, for postage came back as well, the order came back whole. Money, state and people
-- of an order stand on its first line alone.
with told as (
    select
        name,
        max({{ shopify_person(['email', 'phone', 'billing_phone', 'shipping_phone']) }}) as customer_id,
        max({{ shopify_state() }}) as told_status,
        max(currency) as currency,
        max(source) as channel,
        max(coalesce(shipping_country, billing_country)) as country,
        max(case when cancelled_at is null and lower(financial_status) = 'partially_refunded' then refunded_amount end)
            as told_refund,
        max(row_number) as last_row_number,
        max(line_number) as lines,
        max(created_at) as ordered_at,
        sum(coalesce(line_value, {{ value_of_pieces('item_quantity', 'item_price') }})) as with_tips,
        -- codes reduce the order, not its lines; of a code for free postage nothing is in the subtotal
        case when sum(line_value) > 0 then greatest(sum(line_value) - max({{ amount_of_text('subtotal') }}), 0) else 0 end
            as order_discount
    from {{ ref('src_shopify__order_rows') }}
    where row_defect is null
    group by name
),

orders as (
    select
        *,
        {{ amount_of_text('told_refund') }} as refund,
        case when refund > 0 and refund >= with_tips - order_discount then 'returned' else told_status end as order_status,
        -- what is no amount is refused as it was written
        case when refund is null or (refund > 0 and refund < with_tips - order_discount) then told_refund end as credit
    from told
),

with_order as (
    select
        l.* exclude (currency),
        o.* exclude (name, lines, last_row_number)
    from {{ ref('src_shopify__order_rows') }} as l
    left join orders as o on l.name = o.name
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
    currency,
    row_defect
from with_order
union all by name
select
    (select max(r.row_number) from {{ ref('src_shopify__order_rows') }} as r)
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
from orders
where credit is not null
