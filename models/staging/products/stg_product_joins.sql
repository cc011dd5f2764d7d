-- One row per product id that stands for a product known by another id: that of its source, and the product's.
with codes as (
    select distinct
        code,
        product_id
    from {{ ref('stg_product_codes') }}
)

select
    own.product_id as own_product_id,
    first_one.product_id
from {{ ref('stg_product_sets') }} as s
inner join codes as own on s.code = own.code
inner join codes as first_one on s.first_code = first_one.code
