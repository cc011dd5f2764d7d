-- One row per product: a dense whole number for it, in the order of the ids. Python sees the numbers only.
select
    product_id,
    cast(row_number() over (order by product_id asc nulls last) as int) as product_code
from {{ ref('int_products') }}
