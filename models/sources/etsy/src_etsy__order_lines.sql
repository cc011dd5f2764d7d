{{ config(enabled=reads('etsy'), materialized='table') }}
-- One row per item that Etsy sold, and one per order of which a part was paid back, without a day or an item. The coupon of an
-- order stands on one of its items. Postage is no line.
{% call(source) each_source('etsy') %}
with items as (
    select
        sold_order_items.*,
        {{ amount_of_text('price') }} as amount,
        -- an item that will be refused takes nothing of a coupon
        case
            when row_defect is null and {{ amount_of_text('quantity') }} > 0 and {{ amount_of_text('price') }} >= 0
                then {{ value_of_pieces('quantity', 'price') }}
        end as item_total
    from {{ raw_rows('sold_order_items', source) }} as sold_order_items
)

select
    i.row_number,
    i.order_id,
    i.listing_id as product_id,
    {{ day_of_text('i.sale_date', 'month first') }} as ordered_at,
    {{ etsy_buyer('i.buyer') }} as customer_id,
    i.transaction_id as line_number,
    i.quantity,
    coalesce(cast(i.amount as string), i.price) as unit_price,
    coalesce(
        -- what is no amount is refused as it was written
        case when {{ amount_of_text('i.discount') }} is null then i.discount end,
        cast({{ share_of_order('o.discount', 'i.item_total', 'i.order_id', 'i.row_number') }} as string)
    ) as discount_amount,
    o.order_status,
    cast(null as string) as is_product,
    i.order_type as channel,
    i.country,
    i.item_name as product_name,
    i.sku,
    i.currency,
    i.coupon as coupon_code,
    -- where it went is never kept as it is written
    {{ hidden_text('shipping_address', "(i.street || ' ' || coalesce(i.street_2, '') || ' ' || coalesce(i.zip, ''))") }} as shipping_address,
    i.row_defect
from items as i
cross join {{ words_of_addresses() }} as short
left join {{ of_source(ref('src_etsy__orders'), source) }} as o on i.order_id = o.order_id
union all by name
select
    (select max(i.row_number) from items as i)
    + row_number() over (order by last_row_number asc nulls last) as row_number,
    order_id,
    'refund' as product_id,
    {{ day_of_text('sale_date', 'month first') }} as ordered_at,
    customer_id,
    '-1' as quantity,
    cast(refund as string) as unit_price,
    'returned' as order_status,
    'false' as is_product,
    channel,
    country,
    'Refund of which the day is not known' as product_name,
    currency
from {{ of_source(ref('src_etsy__orders'), source) }}
where refund > 0 and order_status is null
{% endcall %}
