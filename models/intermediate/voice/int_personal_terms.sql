-- One row per search term with the form of a personal detail, an address or a telephone number say: it is not shown.
with found as (
    select {{ explode('personal_terms') }} as term
    from {{ ref('ml_word_vectors') }}
)

select term.term_code as term_code
from found
