-- One row per group of customers whom staff rules tell apart: a behaviour segment and an RFM cell that rules in force name, each
-- null for all others. Group 0 is everyone whom no rule names.
with named as (
    select distinct
        r.segment,
        s.segment_id
    from {{ ref('int_staff_rules_in_force') }} as r
    left join (select distinct segment_id from {{ ref('int_customer_segments') }}) as s on r.segment = s.segment_id
    where r.segment is not null
),

segments as (
    select cast(null as string) as segment_id
    union all
    select segment_id
    from named
    where segment_id is not null
),

cells as (
    select cast(null as string) as rfm_segment
    union all
    select segment as rfm_segment
    from named
    where segment_id is null
)

select
    cast(row_number() over (order by s.segment_id asc nulls first, c.rfm_segment asc nulls first) as int) - 1 as group_code,
    s.segment_id,
    c.rfm_segment
from segments as s
cross join cells as c
