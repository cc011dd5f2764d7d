{{ config(severity='warn') }}
-- At most one row in twenty of a table is refused. quality.rejected_rows says why each was.
select
    source_system,
    source_table,
    rows_in,
    rejected
from {{ ref('row_counts') }}
where rejected > 0.05 * rows_in
