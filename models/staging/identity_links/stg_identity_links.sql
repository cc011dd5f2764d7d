-- One row per link from a visitor to a customer: accepted, up to as_of, each once.
select
    t.row_number,
    t.visitor_id,
    {{ one_customer('t.customer_id') }} as customer_id,
    t.linked_at,
    {{ customer_joined_at() }} as customer_joined_at
from {{ ref('stg_identity_links__typed') }} as t {{ join_customers('t.customer_id') }}
anti join {{ ref('stg_identity_links__repeated') }} as r on t.row_number = r.row_number
where
    t.reject_reason is null
    and {{ known_at_as_of('t.linked_at') }}
