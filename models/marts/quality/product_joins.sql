-- One row per product id and piece of evidence by which it is the same product as others.
select
    coalesce(j.product_id, c.product_id) as product_id,
    c.product_id as own_product_id,
    {{ source_of_id('c.product_id') }} as source_system,
    c.joined_by,
    c.clue as evidence
from {{ ref('stg_product_codes') }} as c
left join {{ ref('stg_product_joins') }} as j on c.product_id = j.own_product_id
