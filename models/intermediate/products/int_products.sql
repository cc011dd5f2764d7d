-- One row per product that any input names. A product missing from the shop's list takes the name that its sold lines
-- carry most often, and its latest price.
with product_ids as (
    select product_id from {{ ref('stg_catalogue') }}
    union
    select product_id from {{ ref('int_order_lines') }}
    union
    select product_id from {{ ref('int_session_events') }}
    union
    select product_id from {{ ref('stg_reviews') }}
    union
    select product_id from {{ ref('stg_touches') }}
    union
    select {{ one_product('v.product_id') }} as product_id
    from {{ ref('stg_product_vectors') }} as v {{ join_products('v.product_id') }}
),

line_names as (
    select
        product_id,
        product_name
    from {{ ref('int_order_lines') }}
    where product_name is not null
    group by product_id, product_name
    qualify
        row_number() over (
            partition by product_id
            order by count(*) filter (where is_sold) desc nulls last, max(ordered_at) desc nulls last, product_name asc nulls last
        ) = 1
),

line_flags as (
    select
        product_id,
        bool_or(is_product) as is_product
    from {{ ref('int_order_lines') }}
    group by product_id
)

select
    i.product_id,
    coalesce(p.product_name, n.product_name, i.product_id) as product_name,
    p.description,
    p.category,
    {{ clean_text("split_part(p.category, '/', 1)") }} as category_level_1,
    p.brand,
    p.product_url,
    coalesce(p.image_url, case when p.image_path like 'http%' then p.image_path end) as image_url,
    cast(coalesce(m.price, r.unit_price) as decimal(18, 2)) as price,
    cast(m.unit_cost as decimal(18, 2)) as unit_cost,
    coalesce(p.is_available, true) as is_available,
    cast(p.stock_units as double) as stock_units,
    coalesce(f.is_product, true) as is_product
from product_ids as i
left join {{ ref('stg_catalogue') }} as p on i.product_id = p.product_id
left join {{ ref('int_listed_prices') }} as m on i.product_id = m.product_id
left join line_names as n on i.product_id = n.product_id
left join {{ ref('int_sold_prices') }} as r on i.product_id = r.product_id
left join line_flags as f on i.product_id = f.product_id
where i.product_id is not null
