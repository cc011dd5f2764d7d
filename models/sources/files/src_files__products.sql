{{ config(enabled=source_system() == 'files') }}
-- One row per row of the raw table products (product), as it is: text, nothing filtered.
select
    row_number,
    product_id,
    product_name,
    description,
    category,
    brand,
    price,
    is_available,
    image_path,
    row_defect
from {{ raw_rows('products') }} as raw_rows
