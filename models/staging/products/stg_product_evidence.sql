-- One row per product id and clue that it may share with others: a link of the input (the clue is the product that is meant), or
-- a stock keeping unit. A unit that more than five products of a source have is a word for none.
with units as (
    select
        product_id,
        upper(trim(sku)) as sku
    from {{ ref('stg_products') }}
    union
    select
        product_id,
        upper(trim(sku)) as sku
    from {{ ref('stg_order_lines__typed') }}
    where
        reject_reason is null
        and {{ known_at_as_of('known_at') }}
),

-- a product without a unit may be called by its name alone
with_names as (
    select * from units
    union
    select
        product_id,
        upper(trim(product_name)) as sku
    from {{ ref('stg_products') }}
    where
        sku is null
        and {{ unqualified_id('product_id') }} = product_name
),

usual as (
    select sku
    from (
        select
            sku,
            {{ source_of_id('product_id') }} as source_name,
            count(*) as products
        from with_names
        where length(sku) > 1
        group by all
    ) as of_sources
    group by sku
    having max(products) <= 5 and sum(products) > 1
),

clues as (
    select
        source_product_id as product_id,
        'link' as joined_by,
        product_id as clue
    from {{ ref('stg_product_links') }}
    union
    select
        product_id,
        'link' as joined_by,
        product_id as clue
    from {{ ref('stg_product_links') }}
    union
    select
        u.product_id,
        'sku' as joined_by,
        u.sku as clue
    from with_names as u
    semi join usual as s on u.sku = s.sku
    where {{ 'true' if var('join_products_by') == 'sku' else 'false' }}
)

select
    product_id,
    joined_by,
    clue,
    -- the product that a link means is the one by which all are known
    cast(dense_rank() over (
        order by (joined_by = 'link' and product_id = clue) desc nulls last, {{ place_of_id('product_id') }} asc nulls last
    ) as bigint) as rank_of_row,
    cast(dense_rank() over (order by joined_by asc nulls last, clue asc nulls last) as bigint) as clue_code
from clues
