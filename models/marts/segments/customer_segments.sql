-- One row per customer with a segment.
with segments as (
    select
        run_id,
        {{ explode('segments') }} as segment
    from {{ ref('ml_customer_segments') }}
)

select
    c.customer_id,
    c.segment_id,
    s.segment.segment_name as segment_name,
    {{ finite('c.distance') }} as distance,
    {{ finite('c.silhouette') }} as silhouette,
    {{ finite('c.map_x') }} as map_x,
    {{ finite('c.map_y') }} as map_y,
    e.segment_id as previous_segment_id,
    c.run_id,
    a.as_of
from {{ ref('int_customer_segments') }} as c
inner join segments as s on c.segment_id = cast(s.segment.segment_code as string)
left join {{ ref('int_earlier_segment_members') }} as e on c.customer_id = e.customer_id
cross join {{ ref('stg_as_of') }} as a
