-- One row per word and rank: words that keep the same company in reviews, messages and product names. Words of people are there
-- if enough of them wrote them.
select
    w.word,
    w.similarity_rank,
    w.similar_word,
    w.score,
    w.run_id,
    a.as_of
from {{ ref('int_similar_words') }} as w
cross join {{ ref('stg_as_of') }} as a
