-- One row per word and rank: a word that keeps the same company.
with pairs as (
    select
        run_id,
        {{ explode('similar_words') }} as pair
    from {{ ref('ml_word_vectors') }}
)

select
    pair.word as word,
    pair.similarity_rank as similarity_rank,
    pair.similar_word as similar_word,
    pair.score as score,
    run_id
from pairs
