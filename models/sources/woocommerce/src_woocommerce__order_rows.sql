{{ config(enabled=reads('woocommerce'), materialized='table') }}
-- One row per item of WooCommerce's exported orders, with what its order says: on every row, on the first row of an order alone,
-- or beside all its items in one row (`line_item_1`, `line_item_2`, …). An order without items is one row. Left out are rows that
-- hold but one more coupon of an order, and rows without an order number of orders that a later file has again.
{% call(source) each_source('woocommerce') %}
with rows_of_files as (
    select
        *,
        -- rows of orders that a later file has again are gone, and their numbers are missing
        row_number - row_number() over (order by row_number asc nulls last) as rows_missing,
        coalesce(
            order_number <> lag(order_number) over (order by row_number asc nulls last), order_number is not null
        ) as is_next_order
    from {{ raw_rows('orders', source) }} as orders_export
),

with_block as (
    select
        *,
        count(case when is_next_order then 1 end) over (partition by rows_missing order by row_number asc nulls last) as block
    from rows_of_files
),

filled as (
    select
        * exclude ({{ woocommerce_order_columns() | join(', ') }}),
        {{ woocommerce_filled_columns() }}
    from with_block
    where block > 0 or rows_missing = 0 or row_defect is not null
    window of_block as (partition by rows_missing, block)
),

items as (
    select
        f.* exclude (item_name, sku, product_number, quantity, line_total, line_subtotal, refunded, refunded_quantity),
        p.place,
        {{ woocommerce_item_at('p.place') }} as item,
        coalesce(nullif(trim(f.item_name), ''), nullif(trim(f.product_name), ''), {{ woocommerce_item_name() }})
            as item_name,
        coalesce(nullif(trim(f.sku), ''), {{ woocommerce_field('sku') }}) as sku,
        {{ woocommerce_product_number() }} as product_number,
        coalesce(f.quantity, {{ woocommerce_field('quantity') }}) as quantity,
        coalesce(f.line_total, {{ woocommerce_field('total') }}) as line_total,
        coalesce(f.line_subtotal, {{ woocommerce_field('sub_?total') }}) as line_subtotal,
        coalesce(f.refunded, {{ woocommerce_field('refunded') }}) as refunded,
        coalesce(f.refunded_quantity, {{ woocommerce_field('refunded_qty') }}) as refunded_quantity
    from filled as f
    inner join {{ woocommerce_places() }} as p on (p.place = 0) <> ({{ woocommerce_has_items() }})
    where p.place = 0 or item is not null
),

with_kind as (
    select
        *,
        coalesce(item_name, sku, product_number) is null as has_no_item,
        coalesce(bool_and(coalesce(item_name, sku, product_number) is null) over (partition by order_number), true)
            as order_has_no_item,
        min(row_number) over (partition by order_number) as first_row,
        place = min(place) over (partition by row_number) as is_first_item
    from items
)

select
    k.* exclude (row_number, first_row, is_first_item, coupon, street, zip, payer_first, payer_last),
    {{ woocommerce_clues() }},
    -- as the export of products calls it: names change, and not all shops have SKUs
    case when order_has_no_item then 'order without items' else coalesce(sku, 'id:' || product_number, item_name) end
        as product_id,
    case
        when is_first_item then row_number
        else max(row_number) over () + row_number() over (partition by is_first_item order by row_number asc, place asc)
    end as row_number,
    row_number() over (partition by order_number order by row_number asc nulls last, place asc) as line_number
from with_kind as k cross join {{ words_of_addresses() }} as short
where
    not has_no_item
    or (order_has_no_item and row_number = first_row)
    or order_number is null
    or row_defect is not null
{% endcall %}
