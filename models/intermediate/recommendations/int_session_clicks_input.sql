-- One row per click on a product in a session, as numbers: its place in the session, and days before now. Suspects that are not
-- open teach nothing: sessions that were no person's, and those of customers who were suspects when they began.
select
    s.session_code,
    c.product_code,
    s.click_number,
    cast({{ seconds_between('s.clicked_at', 'a.as_of') }} / 86400 as double) as age_days
from {{ ref('int_session_clicks') }} as s
cross join {{ ref('stg_as_of') }} as a
inner join {{ ref('int_product_codes') }} as c on s.product_id = c.product_id
anti join (
    select q.session_id
    from {{ ref('int_suspect_sessions') }} as q
    where q.is_known_then
    union
    select k.session_id
    from {{ ref('int_sessions') }} as k
    inner join {{ ref('int_suspect_customers') }} as q on k.customer_id = q.customer_id and k.started_at >= q.suspected_at
    except
    select o.session_id
    from {{ ref('int_open_sessions') }} as o
) as x on s.session_id = x.session_id
