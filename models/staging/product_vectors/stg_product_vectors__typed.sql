-- One row per row of the source, cleaned and cast: a product with a vector, and the first thing that is wrong with it.
with {{ rows_by_type('product_vectors', ref('src_product_vectors')) }}

select
    row_number,
    source_name,
    {{ fault_of_columns('product_vectors') }} as reject_reason,
    product_id_read as product_id,
    vector_read as vector
from by_type
