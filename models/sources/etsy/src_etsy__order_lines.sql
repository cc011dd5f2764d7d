{{ config(enabled=source_system() == 'etsy', materialized='table') }}
-- One row per item that Etsy sold, one per order with postage, and one per order of which something was paid back, without a day
-- or an item. Coupon and postage of an order stand on one of its items. Postage is a line because what was paid back holds it,
-- too.
with items as (
    select
        *,
        {{ market_amount('price') }} as amount,
        coalesce({{ market_amount('price') }} * {{ market_amount('quantity') }}, 0) as item_total
    from {{ raw_rows('sold_order_items') }} as sold_order_items
),

more_lines as (
    select
        *,
        'postage' as product_id,
        'Postage' as product_name,
        1 as quantity,
        postage as amount
    from {{ ref('src_etsy__orders') }}
    where postage > 0
    union all
    select
        * replace ('returned' as order_status),
        'refund' as product_id,
        'Refund of which the day is not known' as product_name,
        -1 as quantity,
        refund as amount
    from {{ ref('src_etsy__orders') }}
    where refund > 0 and order_status is null
)

select
    i.row_number,
    i.order_id,
    i.listing_id as product_id,
    i.sale_date as ordered_at,
    {{ etsy_buyer('i.buyer') }} as customer_id,
    i.transaction_id as line_number,
    i.quantity,
    coalesce(cast(i.amount as string), i.price) as unit_price,
    cast({{ share_of_order('o.discount', 'i.item_total', 'i.order_id', 'i.row_number') }} as string) as discount_amount,
    o.order_status,
    cast(null as string) as is_product,
    i.order_type as channel,
    i.country,
    i.item_name as product_name,
    i.currency,
    i.row_defect
from items as i
left join {{ ref('src_etsy__orders') }} as o on i.order_id = o.order_id
union all by name
select
    (select max(i.row_number) from items as i)
    + row_number() over (order by last_row_number asc nulls last, product_id asc nulls last) as row_number,
    order_id,
    product_id,
    sale_date as ordered_at,
    customer_id,
    cast(quantity as string) as quantity,
    cast(amount as string) as unit_price,
    order_status,
    'false' as is_product,
    channel,
    country,
    product_name,
    currency
from more_lines
