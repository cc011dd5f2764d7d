{{ config(enabled=source_system() == 'files') }}
-- One row per row of the raw table order_lines (product in an order), as it is: text, nothing filtered.
select
    row_number,
    {{ canonical_columns('order_lines') | join(',\n    ') }},
    row_defect
from {{ raw_rows('order_lines') }} as raw_rows
