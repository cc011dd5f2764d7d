{{ config(enabled=source_system() == 'files') }}
-- One row per row of the raw table product_vectors (product), as it is: text, nothing filtered.
select
    row_number,
    {{ canonical_columns('product_vectors') | join(',\n    ') }},
    row_defect
from {{ raw_rows('product_vectors') }} as raw_rows
