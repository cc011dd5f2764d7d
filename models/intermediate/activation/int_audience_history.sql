-- One row per source system, as_of, audience and customer in it: what the next run compares with. Rows of a repeated as_of are
-- replaced; of earlier ones only the latest stays, and a full refresh does not lose it.
select
    '{{ source_system() }}' as source_system,
    a.as_of,
    m.audience,
    m.customer_id
from {{ ref('int_audience_members') }} as m
-- without a date nothing is earlier or later
inner join {{ ref('stg_as_of') }} as a on a.as_of is not null
