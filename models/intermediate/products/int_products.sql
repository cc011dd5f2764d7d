-- One row per product that any input names. A product missing from the shop's list takes the name that its sold lines
-- carry most often, and its latest price.
with listed as (
    select * from {{ ref('stg_products') }}
),

lines as (
    select
        *,
        row_number() over (order by order_id asc nulls last, line_number asc nulls last) as order_rank
    from {{ ref('int_order_lines') }}
),

product_ids as (
    select product_id from listed
    union
    select product_id from lines
    union
    select product_id from {{ ref('int_session_events') }} where product_id is not null
),

line_names as (
    select
        product_id,
        product_name
    from lines
    where product_name is not null
    group by product_id, product_name
    qualify
        row_number() over (
            partition by product_id
            order by count(*) filter (where is_sold) desc nulls last, max(ordered_at) desc nulls last, product_name asc nulls last
        ) = 1
),

line_prices as (
    select
        product_id,
        max_by(unit_price, {{ moment('ordered_at', 'order_rank') }}) filter (where unit_price is not null) as unit_price
    from lines
    where is_sold
    group by product_id
),

line_flags as (
    select
        product_id,
        bool_and(is_product) as is_product
    from lines
    group by product_id
)

select
    i.product_id,
    coalesce(p.product_name, n.product_name, i.product_id) as product_name,
    p.description,
    p.category,
    {{ clean_text("split_part(p.category, '/', 1)") }} as category_level_1,
    p.brand,
    cast(coalesce(p.price, r.unit_price) as decimal(18, 2)) as price,
    coalesce(p.is_available, true) as is_available,
    coalesce(f.is_product, true) as is_product
from product_ids as i
left join listed as p on i.product_id = p.product_id
left join line_names as n on i.product_id = n.product_id
left join line_prices as r on i.product_id = r.product_id
left join line_flags as f on i.product_id = f.product_id
