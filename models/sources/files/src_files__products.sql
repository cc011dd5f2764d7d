{{ config(enabled=source_system() == 'files') }}
-- One row per row of the raw table products (product), as it is: text, nothing filtered.
select
    row_number,
    {{ canonical_columns('products') | join(',\n    ') }},
    row_defect
from {{ raw_rows('products') }} as raw_rows
