-- One row per audience and customer in it now or at the latest earlier as_of that audiences are known of: kept, added or
-- removed since then. On the first run everybody is added.
with history as (
    select h.*
    from {{ earlier_rows('int_audience_history', {'audience': 'string', 'customer_id': 'string'}) }} as h
    inner join {{ ref('stg_as_of') }} as a on h.as_of < a.as_of
),

earlier as (
    select
        audience,
        customer_id,
        as_of as previous_at
    from history
    where as_of = (select max(h.as_of) from history as h)
)

select
    coalesce(n.audience, e.audience) as audience,
    coalesce(n.customer_id, e.customer_id) as customer_id,
    case
        when e.customer_id is null then 'added'
        when n.customer_id is null then 'removed'
        else 'kept'
    end as membership,
    (select max(p.previous_at) from earlier as p) as previous_at
from {{ ref('int_audience_members') }} as n
full outer join earlier as e on n.audience = e.audience and n.customer_id = e.customer_id
