-- One row per product that is no product, such as postage: recommendations neither learn from it nor name it.
select product_id
from {{ ref('int_products') }}
where
    not is_product
    and exists (select 1 from {{ ref('recommendation_filters') }} where filter_name = 'not_a_product' and is_active)
