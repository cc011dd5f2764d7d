-- One row per search and product that was looked at before the next search, or put into the cart or bought later in the visit.
select
    s.session_id,
    s.event_number,
    s.person_id,
    s.search_term,
    e.product_id,
    bool_or(
        e.event_type in ('view', 'click') and e.event_number < coalesce(s.next_event_number, e.event_number + 1)
    ) as is_clicked,
    bool_or(e.event_type = 'add_to_cart') as is_carted,
    bool_or(e.event_type = 'purchase') as is_bought
from {{ ref('int_searches') }} as s
inner join {{ ref('int_session_events') }} as e
    on
        s.session_id = e.session_id
        and s.event_number < e.event_number
where
    e.product_id is not null
    and e.event_type in ('view', 'click', 'add_to_cart', 'purchase')
group by 1, 2, 3, 4, 5
