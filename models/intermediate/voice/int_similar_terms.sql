-- One row per search term and rank, as numbers: a term that is alike in what is clicked, in meaning or in spelling.
with pairs as (
    select {{ explode('similar_terms') }} as pair
    from {{ ref('ml_word_vectors') }}
)

select
    pair.term_code as term_code,
    pair.similarity_rank as similarity_rank,
    pair.similar_term_code as similar_term_code,
    pair.score as score
from pairs
