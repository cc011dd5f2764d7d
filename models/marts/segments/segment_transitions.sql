-- One row per way that customers went from a segment of the latest earlier as_of to one of now.
select
    coalesce(t.from_segment_id, 'new') || '>' || coalesce(t.to_segment_id, 'gone') as transition_id,
    t.from_segment_id,
    t.from_segment_name,
    t.to_segment_id,
    t.to_segment_name,
    t.customers,
    {{ finite('t.share') }} as share,
    t.previous_at,
    t.run_id,
    a.as_of
from {{ ref('int_segment_transitions') }} as t
cross join {{ ref('stg_as_of') }} as a
where t.customers >= {{ var('min_group_size') }}
