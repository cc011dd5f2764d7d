-- One row per search term that a product is known for, as numbers: the product to show, and why.
with chosen as (
    select {{ explode('suggested_products') }} as product
    from {{ ref('ml_word_vectors') }}
)

select
    product.term_code as term_code,
    product.product_code as product_code,
    product.score as score,
    product.reason as reason
from chosen
