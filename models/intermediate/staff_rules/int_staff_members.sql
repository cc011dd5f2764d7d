-- One row per customer for whom a staff rule of a segment may be: the group. All others are in group 0.
with named as (
    select
        c.customer_id,
        c.customer_code,
        n.segment_id,
        f.rfm_segment
    from {{ ref('int_customers') }} as c
    left join {{ ref('int_customer_segments') }} as s on c.customer_id = s.customer_id
    left join {{ ref('int_customer_rfm') }} as r on c.customer_id = r.customer_id
    left join (select distinct segment_id from {{ ref('int_staff_groups') }}) as n on s.segment_id = n.segment_id
    left join (select distinct rfm_segment from {{ ref('int_staff_groups') }}) as f on r.rfm_segment = f.rfm_segment
)

select
    n.customer_id,
    n.customer_code,
    g.group_code
from named as n
inner join {{ ref('int_staff_groups') }} as g
    on coalesce(n.segment_id, '') = coalesce(g.segment_id, '') and coalesce(n.rfm_segment, '') = coalesce(g.rfm_segment, '')
where g.group_code > 0
