{{ config(enabled=source_system() == 'files') }}
-- One row per row of the raw table exchange_rates (currency and day), as it is: text, nothing filtered.
select
    row_number,
    {{ canonical_columns('exchange_rates') | join(',\n    ') }},
    row_defect
from {{ raw_rows('exchange_rates') }} as raw_rows
