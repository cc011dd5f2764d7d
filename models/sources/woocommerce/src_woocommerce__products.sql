{{ config(enabled=reads('woocommerce')) }}
-- One row per product and variation in WooCommerce's export of products, called as the lines of orders call it. Of several
-- categories the deepest counts, the first of equals. Left out, where no line names them, are groups, products that are sold as
-- their variations, and variations that are sold under the SKU of their product.
{% call(source) each_source('woocommerce') %}
with products as (
    select
        *,
        nullif(trim(sku), '') as own_sku,
        lower(type) like '%variation%' as is_variation,
        -- commas inside of names are written with a backslash
        replace(categories, chr(92) || ',', chr(31)) as paths
    from {{ raw_rows('products', source) }} as products_export
),

order_rows as (
    select product_id, product_number from {{ of_source(ref('src_woocommerce__order_rows'), source) }}
),

deepest as (
    select
        row_number,
        replace(path, chr(31), ',') as category
    from (select row_number, paths, {{ explode("split(paths, ', ')") }} as path from products) as each_path
    qualify row_number() over (
        partition by row_number
        order by length(path) - length(replace(path, '>', '')) desc nulls last, position(path in paths) asc nulls last
    ) = 1
),

with_parent as (
    select
        p.*,
        parent.own_sku as parent_sku,
        coalesce(d.category, of_parent.category) as category,
        coalesce(nullif(p.body, ''), p.short, parent.body, parent.short) as description,
        coalesce(p.brand, parent.brand) as brand_name,
        coalesce(p.images, parent.images) as pictures,
        coalesce(p.own_sku, case when n.has_numbers then 'id:' || p.id else p.name end) as product_id
    from products as p
    cross join (select coalesce(bool_or(product_number is not null), false) as has_numbers from order_rows) as n
    left join products as parent on p.is_variation and p.parent in (parent.own_sku, 'id:' || parent.id)
    left join deepest as d on p.row_number = d.row_number
    left join deepest as of_parent on parent.row_number = of_parent.row_number
    qualify row_number() over (partition by p.row_number order by parent.row_number asc nulls last) = 1
)

select
    row_number,
    product_id,
    name as product_name,
    -- markup and written newlines are no words of the product
    trim(regexp_replace(regexp_replace(description, '<[^>]*>|[\\]n', ' ', 'g'), '\s+', ' ', 'g')) as description,
    nullif(category, 'Uncategorized') as category,
    brand_name as brand,
    coalesce(nullif(sale_price, ''), regular_price) as price,
    case
        when trim(published) in ('0', '-1') or trim(in_stock) = '0' then 'false'
        when published is not null or in_stock is not null then 'true'
    end as is_available,
    split_part(pictures, ', ', 1) as image_path,
    unit_cost,
    case when coalesce(trim(backorders), '0') = '0' then nullif(trim(stock), '') end as stock_units,
    own_sku as sku,
    row_defect
from with_parent
where
    row_defect is not null
    or product_id in (select product_id from order_rows)
    or (
        lower(type) not like '%variable%' and lower(type) not like '%grouped%'
        and not (is_variation and own_sku is null and parent_sku is not null)
    )
{% endcall %}
