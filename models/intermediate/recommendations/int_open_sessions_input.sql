-- One row per open session, as a number, with the group of the customer who is known to be its visitor, for staff rules.
select
    s.session_code,
    coalesce(m.group_code, 0) as group_code
from {{ ref('int_open_sessions') }} as s
left join {{ ref('int_visitor_customers') }} as v on s.visitor_id = v.visitor_id and v.is_latest
left join {{ ref('int_staff_members') }} as m on v.customer_id = m.customer_id
