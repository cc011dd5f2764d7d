{{ config(severity='warn') }}
-- No row of suspicion_decisions names a customer, visitor, session or review that the shop does not have: a slip of the pen would
-- be heeded nowhere. Where several sources are read, an id bears its source before it.
select
    d.kind,
    d.id
from {{ ref('suspicion_decisions') }} as d
anti join (
    select 'customer' as kind, customer_id as id from {{ ref('int_customers') }}
    union all
    select 'visitor' as kind, visitor_id as id from {{ ref('int_session_facts') }}
    union all
    select 'session' as kind, session_id as id from {{ ref('int_session_facts') }}
    union all
    select 'review' as kind, review_id as id from {{ ref('int_reviews') }}
) as k on d.kind = k.kind and d.id = k.id
