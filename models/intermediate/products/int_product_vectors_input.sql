-- One row per product with a vector made elsewhere, from its image or text, as a number; of several ids that are one product the
-- first.
select
    c.product_code,
    min_by(v.vector, {{ place_of_id('v.product_id') }}) as vector
from {{ ref('stg_product_vectors') }} as v {{ join_products('v.product_id') }}
inner join {{ ref('int_product_codes') }} as c on {{ one_product('v.product_id') }} = c.product_id
group by c.product_code
