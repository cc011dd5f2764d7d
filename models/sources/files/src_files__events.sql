{{ config(enabled=source_system() == 'files') }}
-- One row per row of the raw table events (behaviour event), as it is: text, nothing filtered.
select
    row_number,
    {{ canonical_columns('events') | join(',\n    ') }},
    row_defect
from {{ raw_rows('events') }} as raw_rows
