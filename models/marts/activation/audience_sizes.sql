-- One row per audience: how many are in it, and how that has changed. Small ones are withheld.
with segments as (
    select
        'segment: ' || segment_id as audience,
        segment_name as description
    from {{ ref('int_segment_names') }}
),

descriptions as (
    select
        audience,
        min(description) as description
    from {{ ref('audience_rules') }}
    group by audience
    union all
    select * from segments
),

sizes as (
    select
        m.audience,
        count(*) filter (where m.membership != 'removed') as customers,
        count(*) filter (where m.membership != 'removed' and coalesce(k.email_sha256, k.phone_sha256) is not null) as reachable,
        count(*) filter (where m.membership = 'added') as added,
        count(*) filter (where m.membership = 'removed') as removed,
        max(m.previous_at) as previous_at
    from {{ ref('int_audience_changes') }} as m
    left join {{ ref('int_customer_contacts') }} as k on m.customer_id = k.customer_id
    group by m.audience
)

select
    s.audience,
    d.description,
    s.customers,
    {% for count in ['reachable', 'added', 'removed'] %}
    case when s.{{ count }} = 0 or s.{{ count }} >= {{ var('min_group_size') }} then s.{{ count }} end as {{ count }},
    {% endfor %}
    s.previous_at,
    a.as_of
from sizes as s
cross join {{ ref('stg_as_of') }} as a
left join descriptions as d on s.audience = d.audience
where s.customers >= {{ var('min_group_size') }}
