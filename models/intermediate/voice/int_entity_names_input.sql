-- One row per product, brand and part of a category: its name, and a number for it within its kind.
with brands as (
    select distinct brand
    from {{ ref('int_products') }}
    where
        brand is not null
        and is_product
),

categories as (
    select distinct trim({{ nth_item("split(category, '/')", 'p.place') }}) as category
    from (
        select
            category,
            {{ explode(places_of("split(category, '/')")) }} as place
        from {{ ref('int_category_codes') }}
    ) as p
)

select
    'product' as entity_type,
    c.product_code as name_code,
    p.product_name as name
from {{ ref('int_products') }} as p
inner join {{ ref('int_product_codes') }} as c on p.product_id = c.product_id
where
    p.is_product
    -- a product without a name is called by its id
    and p.product_name != p.product_id
union all
select
    'brand' as entity_type,
    cast(row_number() over (order by brand asc nulls last) as int) as name_code,
    brand as name
from brands
union all
select
    'category' as entity_type,
    cast(row_number() over (order by category asc nulls last) as int) as name_code,
    category as name
from categories
where category != ''
