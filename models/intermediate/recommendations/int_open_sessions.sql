-- One row per open session: the latest of each visitor, while its last event is within the open_session_hours before now
-- and a product was looked at in it. Bots and visitors known as an erased customer have none.
with latest as (
    select
        session_id,
        visitor_id,
        ended_at
    from {{ ref('int_sessions') }}
    where not is_bot
    qualify
        row_number() over (
            partition by visitor_id order by started_at desc nulls last, session_id asc nulls last
        ) = 1
)

select
    l.session_id,
    c.session_code,
    l.visitor_id
from latest as l
cross join {{ ref('stg_as_of') }} as a
inner join {{ ref('int_session_clicks') }} as c on l.session_id = c.session_id and c.click_number = 1
anti join {{ ref('int_visitor_customers') }} as e on l.visitor_id = e.visitor_id and e.is_erased
where l.ended_at >= a.as_of - interval '{{ var("open_session_hours") }} hours'
