-- One row per segment: its name.
with segments as (
    select {{ explode('segments') }} as segment
    from {{ ref('ml_customer_segments') }}
)

select
    cast(s.segment.segment_code as string) as segment_id,
    s.segment.segment_name as segment_name
from segments as s
