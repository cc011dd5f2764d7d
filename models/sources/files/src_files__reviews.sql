{{ config(enabled=source_system() == 'files') }}
-- One row per row of the raw table reviews (review), as it is: text, nothing filtered.
select
    row_number,
    {{ canonical_columns('reviews') | join(',\n    ') }},
    row_defect
from {{ raw_rows('reviews') }} as raw_rows
