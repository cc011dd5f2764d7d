-- One row per search term that enough people typed to be spoken of (customers where known, else visitors): how often, and what
-- came of it. Its number counts from the most people; the 20,000 first are kept.
with results as (
    select
        session_id,
        event_number,
        bool_or(is_clicked) as is_clicked,
        bool_or(is_carted) as is_carted,
        bool_or(is_bought) as is_bought
    from {{ ref('int_search_followed') }}
    group by session_id, event_number
),

terms as (
    select
        s.search_term,
        count(*) as searches,
        count(distinct s.person_id) as visitors,
        count(*) filter (where r.is_clicked) as clicked,
        count(*) filter (where r.is_carted) as carted,
        count(*) filter (where r.is_bought) as purchased
    from {{ ref('int_searches') }} as s
    left join results as r
        on
            s.session_id = r.session_id
            and s.event_number = r.event_number
    group by s.search_term
)

select
    cast(row_number() over (order by visitors desc nulls last, search_term asc nulls last) as int) as term_code,
    search_term,
    searches,
    visitors,
    clicked,
    carted,
    purchased
from terms
where visitors >= {{ var('min_group_size') }}
qualify term_code <= 20000
