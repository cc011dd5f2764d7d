-- One row per link between two customers: accepted, up to as_of, each once.
select
    t.row_number,
    t.customer_id,
    t.same_as_customer_id,
    t.linked_at,
    t.evidence
from {{ ref('stg_customer_links__typed') }} as t
anti join {{ ref('stg_customer_links__repeated') }} as r on t.row_number = r.row_number
where
    t.reject_reason is null
    and {{ known_at_as_of('t.linked_at') }}
