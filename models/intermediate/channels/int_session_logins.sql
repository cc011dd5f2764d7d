-- One row per session in which several customers were seen, and customer: since when this one was.
select
    e.session_id,
    e.customer_id,
    min(e.occurred_at) as known_at
from {{ ref('int_session_events') }} as e
semi join (
    select session_id
    from {{ ref('int_session_facts') }}
    where has_several_customers
) as f on e.session_id = f.session_id
where e.customer_id is not null
group by e.session_id, e.customer_id
