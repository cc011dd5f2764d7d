{{ config(enabled=source_system() == 'files') }}
-- One row per row of the raw table support_messages (message), as it is: text, nothing filtered.
select
    row_number,
    {{ canonical_columns('support_messages') | join(',\n    ') }},
    row_defect
from {{ raw_rows('support_messages') }} as raw_rows
