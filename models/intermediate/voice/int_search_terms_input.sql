-- One row per search term: what it says, and its number.
select
    term_code,
    search_term as term
from {{ ref('int_search_terms') }}
