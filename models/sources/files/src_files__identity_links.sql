{{ config(enabled=source_system() == 'files') }}
-- One row per row of the raw table identity_links (link of a visitor to a customer), as it is: text, nothing filtered.
select
    row_number,
    {{ canonical_columns('identity_links') | join(',\n    ') }},
    row_defect
from {{ raw_rows('identity_links') }} as raw_rows
