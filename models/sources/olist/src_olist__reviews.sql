{{ config(enabled=reads('olist')) }}
-- One row per review of an order of Olist that holds one product, which is what is reviewed. Reviews of orders with several,
-- or without any, say nothing of one product and are left out. One review_id may stand at several orders, so the order is in
-- it.
{% call(source) each_source('olist') %}
with products_of_orders as (
    select
        order_id,
        min(product_id) as product_id,
        count(distinct product_id) as products
    from {{ raw_rows('order_items', source) }} as order_items
    where row_defect is null
    group by order_id
)

select
    r.row_number,
    coalesce(r.review_id, cast(r.row_number as string)) || ' ' || r.order_id as review_id,
    p.product_id,
    -- when it was answered; the date of its creation is that of the question
    r.answered_at as reviewed_at,
    o.customer_id,
    r.review_score as rating,
    r.title,
    r.message as review_text,
    r.row_defect
from {{ raw_rows('reviews', source) }} as r
left join products_of_orders as p on r.order_id = p.order_id
left join {{ of_source(ref('src_olist__orders'), source) }} as o on r.order_id = o.order_id
where p.products = 1 or r.row_defect is not null
{% endcall %}
