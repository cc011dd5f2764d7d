{{ config(enabled=reads('shopify')) }}
-- One row per variant in Shopify's export of products. A product's own facts stand on its first row alone; rows that only hold
-- one more picture are left out.
{% call(source) each_source('shopify') %}
with rows_of_products as (
    select
        *,
        max(title) over of_product as product_title,
        max(body) over of_product as product_body,
        max(vendor) over of_product as product_vendor,
        max(coalesce(category, product_type)) over of_product as product_category,
        coalesce(max(status) over of_product, max(published) over of_product) as product_status,
        max_by(image, -row_number) over of_product as product_image,
        concat_ws(' / ', nullif(option_1, 'Default Title'), option_2, option_3) as variant
    from {{ raw_rows('products', source) }} as products_export
    window of_product as (partition by handle order by row_number asc rows between unbounded preceding and unbounded following)
)

select
    row_number,
    -- as the lines of orders name it
    coalesce({{ shopify_text('variant_sku') }}, concat_ws(' - ', product_title, nullif(variant, ''))) as product_id,
    concat_ws(' - ', product_title, nullif(variant, '')) as product_name,
    -- markup is no word of the product
    trim(regexp_replace(regexp_replace(product_body, '<[^>]*>', ' ', 'g'), '\s+', ' ', 'g')) as description,
    product_category as category,
    product_vendor as brand,
    variant_price as price,
    case lower(product_status)
        when 'active' then 'true' when 'true' then 'true'
        when 'draft' then 'false' when 'archived' then 'false' when 'false' then 'false'
    end as is_available,
    product_image as image_path,
    unit_cost,
    -- what is sold without being there is never out of stock
    case when coalesce(lower(stock_policy), 'deny') in ('deny', 'false') then stock end as stock_units,
    {{ shopify_text('variant_sku') }} as sku,
    row_defect
from rows_of_products
where variant_sku is not null or variant_price is not null or row_defect is not null
{% endcall %}
