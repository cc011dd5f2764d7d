-- Each table has as many refused rows as it says.
with listed as (
    select
        source_system,
        source_table,
        count(*) as rows_listed
    from {{ ref('rejected_rows') }}
    group by source_system, source_table
)

select
    c.source_system,
    c.source_table,
    c.rejected,
    l.rows_listed
from {{ ref('row_counts') }} as c
left join listed as l on c.source_system = l.source_system and c.source_table = l.source_table
where c.rejected <> coalesce(l.rows_listed, 0)
