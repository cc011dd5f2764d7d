-- One row per product: accepted, each once. A product is sold out where its last row says so, even if that row was refused for
-- something else: offering what cannot be had is the worse mistake.
with last_words as (
    select
        product_id,
        is_available
    from {{ ref('stg_products__typed') }}
    where
        product_id is not null
        and row_defect is null
        and is_available is not null
    qualify
        row_number() over (
            partition by product_id
            order by
                {{ known_at_as_of('updated_at') }} desc nulls last, updated_at desc nulls last,
                row_number desc nulls last
        ) = 1
)

select
    t.row_number,
    t.product_id,
    t.product_name,
    t.description,
    t.category,
    t.brand,
    t.price,
    coalesce(t.is_available and w.is_available, t.is_available, w.is_available, true) as is_available,
    coalesce(t.is_available, w.is_available) is not null as says_availability,
    t.stock_units,
    t.image_path,
    t.product_url,
    t.image_url,
    t.unit_cost,
    t.currency,
    t.sku
from {{ ref('stg_products__typed') }} as t
anti join {{ ref('stg_products__repeated') }} as r on t.row_number = r.row_number
left join last_words as w on t.product_id = w.product_id
where
    t.reject_reason is null
