-- One row per review that teaches nothing and praises nothing, since when: itself suspect, or by a customer who is; as_of where
-- that is not known. On the past none is left out before it.
with suspects as (
    select
        id as review_id,
        known_at
    from {{ ref('int_suspicions') }}
    where
        kind = 'review'
        and leaves_out = 'all'
    union all
    select
        r.review_id,
        c.suspected_at as known_at
    from {{ ref('int_suspect_customers') }} as c
    inner join {{ ref('int_reviews') }} as r on c.customer_id = r.customer_id
)

select
    s.review_id,
    min(coalesce(s.known_at, a.as_of)) as suspected_at
from suspects as s
cross join {{ ref('stg_as_of') }} as a
group by s.review_id
