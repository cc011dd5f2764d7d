-- One row per product of the shop's lists: of several ids that are one product the first that knows something says it, and it
-- can be had where any that says so has it; stocks are added up.
with rows_of_products as (
    select
        {{ one_product('p.product_id') }} as one_product_id,
        {{ place_of_id('p.product_id') }} as place,
        p.*
    from {{ ref('stg_products') }} as p {{ join_products('p.product_id') }}
)

select
    one_product_id as product_id,
    {% for column in ['product_name', 'description', 'category', 'brand', 'image_path', 'product_url', 'image_url'] %}
    min_by({{ column }}, place) filter (where {{ column }} is not null) as {{ column }},
    {% endfor %}
    sum(stock_units) as stock_units,
    coalesce(bool_or(is_available) filter (where says_availability), true) as is_available
from rows_of_products
group by one_product_id
