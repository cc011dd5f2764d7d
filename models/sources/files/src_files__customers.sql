{{ config(enabled=source_system() == 'files') }}
-- One row per row of the raw table customers (customer), as it is: text, nothing filtered.
select
    row_number,
    {{ canonical_columns('customers') | join(',\n    ') }},
    row_defect
from {{ raw_rows('customers') }} as raw_rows
