{{ config(enabled=reads('olist')) }}
-- One row per piece that was sold by Olist, which has no quantities: order_item_id counts the pieces of an order. What was
-- paid for freight is no line. Orders without a piece, nearly all cancelled or unavailable, have no line.
{% call(source) each_source('olist') %}
select
    i.row_number,
    i.order_id,
    i.product_id,
    o.purchased_at as ordered_at,
    o.customer_id,
    i.order_item_id as line_number,
    '1' as quantity,
    i.price as unit_price,
    o.order_status,
    'BR' as country,
    'BRL' as currency,
    coalesce(i.row_defect, case when o.order_id is null then 'its order is not among the orders' end) as row_defect
from {{ raw_rows('order_items', source) }} as i
left join {{ of_source(ref('src_olist__orders'), source) }} as o on i.order_id = o.order_id
{% endcall %}
