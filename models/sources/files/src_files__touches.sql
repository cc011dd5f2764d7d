{{ config(enabled=source_system() == 'files') }}
-- One row per row of the raw table touches (one thing shown to one person), as it is: text, nothing filtered.
select
    row_number,
    {{ canonical_columns('touches') | join(',\n    ') }},
    row_defect
from {{ raw_rows('touches') }} as raw_rows
