-- One row per customer who had a segment at the latest as_of before this one that segments are known of. Empty on the first
-- run, and where a run at a later as_of has taken these rows away.
with history as (
    select *
    from {{ earlier_rows('int_segment_member_history', {'customer_id': 'string', 'segment_id': 'string'}) }} as rows_before
),

latest as (
    select max(as_of) as as_of
    from {{ ref('int_earlier_segments_input') }}
)

select
    h.customer_id,
    h.segment_id,
    h.as_of
from history as h
inner join latest as l on h.as_of = l.as_of
