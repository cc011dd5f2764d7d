{{ config(enabled=source_system() == 'shopify', materialized='table') }}
-- One row per line of Shopify's exported orders, and one per partial refund, of which the export has neither line nor day.
-- Money, state and people of an order stand on its first line alone.
with orders as (
    select
        name,
        max({{ shopify_person(['email', 'phone', 'billing_phone', 'shipping_phone']) }}) as customer_id,
        max({{ shopify_state() }}) as order_status,
        max(currency) as currency,
        max(source) as channel,
        max(coalesce(shipping_country, billing_country)) as country,
        max(case when cancelled_at is null and lower(financial_status) = 'partially_refunded' then refunded_amount end) as refund,
        max(row_number) as last_row_number,
        max(line_number) as lines,
        max(created_at) as ordered_at,
        sum(line_value) as lines_value,
        -- codes reduce the order, not its lines; of a code for free postage nothing is in the subtotal
        greatest(sum(line_value) - max({{ amount_of_text('subtotal') }}), 0) as order_discount
    from {{ ref('src_shopify__order_rows') }}
    where row_defect is null
    group by name
),

with_order as (
    select
        l.* exclude (currency),
        o.* exclude (name, lines, last_row_number, refund),
        sum(l.line_value) over (partition by l.name order by l.line_number asc nulls last) as value_so_far
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
    -- cents of the order's discount by the value of the lines so far, so that they add up to it
    cast(line_discount + case
        when lines_value > 0 and not is_tip
            then
                round(order_discount * value_so_far / lines_value, 2)
                - round(order_discount * (value_so_far - line_value) / lines_value, 2)
        else 0
    end as string) as discount_amount,
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
    refund as unit_price,
    'returned' as order_status,
    'false' as is_product,
    channel,
    country,
    'Refund of which the day is not known' as product_name,
    currency
from orders
where {{ amount_of_text('refund') }} > 0
