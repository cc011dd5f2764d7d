-- One row per aspect, language and term: by which words of a language a sentence names an aspect.
select
    aspect,
    language,
    term
from {{ ref('aspect_terms') }}
