-- One row per source system, as_of and customer: the segment the customer was in, for the next run to compare with. Kept as
-- `int_segment_history` is, but of earlier as_ofs only the latest stays.
select
    '{{ source_system() }}' as source_system,
    a.as_of,
    c.customer_id,
    c.segment_id
from {{ ref('int_customer_segments') }} as c
-- without a date nothing is earlier or later
inner join {{ ref('stg_as_of') }} as a on a.as_of is not null
