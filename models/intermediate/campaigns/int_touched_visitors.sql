-- One row per touch of a visitor without a customer's id whose customer is known from a link: the latest at or before it was
-- shown. A device that many share is nobody's.
select
    t.row_number,
    l.customer_id
from {{ ref('stg_touches') }} as t
inner join {{ ref('stg_identity_links') }} as l on t.visitor_id = l.visitor_id
anti join {{ ref('int_shared_visitors') }} as v on t.visitor_id = v.visitor_id
where
    t.customer_id is null
    and coalesce(l.linked_at <= t.shown_at, true)
qualify
    row_number() over (
        partition by t.row_number
        order by l.linked_at desc nulls last, l.customer_id asc nulls last
    ) = 1
