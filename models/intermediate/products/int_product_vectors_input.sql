-- One row per product with a vector made elsewhere, from its image or text, as a number.
select
    c.product_code,
    v.vector
from {{ ref('stg_product_vectors') }} as v
inner join {{ ref('int_product_codes') }} as c on v.product_id = c.product_id
