-- One row per search of a human visit: its words in small letters with single spaces, and where the next other search begins.
-- The same search again, as when a page of results is opened or turned, is one. Who searched is a customer where known, by the
-- visit or by another of this device: a new cookie is no new person.
with said as (
    select
        e.session_id,
        e.event_number,
        coalesce(c.customer_id, v.customer_id, e.visitor_id) as person_id,
        lower(trim({{ replace_all('s.search_query', '[[:space:]]+', ' ') }})) as search_term
    from {{ ref('int_session_events') }} as e
    inner join {{ ref('stg_events') }} as s on e.row_number = s.row_number
    left join {{ ref('int_session_customers') }} as c on e.session_id = c.session_id
    left join {{ ref('int_visitor_customers') }} as v on e.visitor_id = v.visitor_id and v.is_latest
    anti join {{ ref('int_bot_sessions') }} as b on e.session_id = b.session_id
    anti join {{ ref('int_suspect_sessions') }} as q on e.session_id = q.session_id
    where
        e.event_type = 'search'
        and s.search_query is not null
),

searched as (
    select
        session_id,
        event_number,
        person_id,
        search_term,
        lag(search_term) over (partition by session_id order by event_number asc nulls last) as earlier_term
    from said
    where search_term <> ''
)

select
    session_id,
    event_number,
    person_id,
    search_term,
    lead(event_number) over (partition by session_id order by event_number asc nulls last) as next_event_number
from searched
where search_term is distinct from earlier_term
