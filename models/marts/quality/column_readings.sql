-- One row per source and column of an input table that has values and whose texts can be read in several ways: how it was read.
select
    source_name as source_system,
    source_table,
    column_name,
    column_type,
    coalesce(reading, 'usual') as reading,
    filled as filled_rows
from {{ ref('stg_column_readings') }}
where filled > 0
