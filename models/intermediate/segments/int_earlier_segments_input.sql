-- One row per feature of each segment of the latest as_of before this one: the segment's name, its centre in the feature's
-- unit, and the lowest number that no earlier segment has had. Empty on the first run.
with history as (
    select *
    from {{ earlier_rows('int_segment_history', {
        'segment_id': 'string', 'segment_name': 'string', 'feature': 'string', 'centre': 'double'}) }} as rows_before
),

before as (
    select h.*
    from history as h
    inner join {{ ref('stg_as_of') }} as a on h.as_of < a.as_of
),

with_next as (
    select
        *,
        max(as_of) over () as latest_as_of,
        max(cast(segment_id as int)) over () + 1 as next_segment_code
    from before
)

select
    as_of,
    cast(segment_id as int) as segment_code,
    segment_name,
    feature,
    centre,
    next_segment_code
from with_next
where as_of = latest_as_of
