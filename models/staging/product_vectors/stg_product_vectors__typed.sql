-- One row per row of the source, cleaned and cast: a product with a vector, and the first thing that is wrong with it.
with cleaned as (
    select
        source.row_number,
        source.row_defect,
        {{ clean_columns('product_vectors') }}
    from {{ ref('src_product_vectors') }} as source
    cross join {{ words_for_nothing() }} as nothing
),

by_type as (
    select
        cleaned.*,
        {{ read_columns('product_vectors') }}
    from cleaned
    cross join {{ readings_of('product_vectors') }} as reading
)

select
    row_number,
    {{ fault_of_columns('product_vectors') }} as reject_reason,
    product_id_read as product_id,
    vector_read as vector
from by_type
