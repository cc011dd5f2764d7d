-- One row per source system, as_of, segment and feature: the segments that were found, with their centres in the feature's
-- unit. The warehouse's memory: a run adds its rows, replaces those of the same as_of, and a full refresh loses none.
with segments as (
    select {{ explode('segments') }} as segment
    from {{ ref('ml_customer_segments') }}
),

features as (
    select {{ explode('features') }} as item
    from {{ ref('ml_customer_segments') }}
)

select
    '{{ source_system() }}' as source_system,
    a.as_of,
    cast(f.item.segment_code as string) as segment_id,
    s.segment.segment_name as segment_name,
    f.item.feature as feature,
    f.item.centre as centre
from features as f
inner join segments as s on f.item.segment_code = s.segment.segment_code
-- without a date nothing is earlier or later
inner join {{ ref('stg_as_of') }} as a on a.as_of is not null
