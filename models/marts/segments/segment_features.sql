-- One row per segment and feature: the segment's mean, and how far it is from everybody's.
with features as (
    select
        run_id,
        {{ explode('features') }} as item
    from {{ ref('ml_customer_segments') }}
)

select
    cast(f.item.segment_code as string) as segment_id,
    f.item.feature as feature,
    {{ finite('f.item.mean') }} as mean,
    {{ finite('f.item.z_score') }} as z_score,
    f.run_id,
    a.as_of
from features as f
cross join {{ ref('int_as_of') }} as a
