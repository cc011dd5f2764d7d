-- One row per segment and feature: the segment's mean, and how far it is from everybody's.
with features as (
    select
        run_id,
        {{ explode('features') }} as item
    from {{ ref('ml_customer_segments') }}
),

-- means over a handful of people are about those people
large_enough as (
    select segment_id
    from {{ ref('int_customer_segments') }}
    group by segment_id
    having count(*) >= {{ var('min_group_size') }}
)

select
    cast(f.item.segment_code as string) as segment_id,
    f.item.feature as feature,
    {{ finite('f.item.mean') }} as mean,
    {{ finite('f.item.z_score') }} as z_score,
    f.run_id,
    a.as_of
from features as f
semi join large_enough as l on cast(f.item.segment_code as string) = l.segment_id
cross join {{ ref('stg_as_of') }} as a
