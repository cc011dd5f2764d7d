-- One row per medium that links name, with its kind by channel_words: the spelling itself, else the longest pattern.
with media as (
    select distinct told_medium
    from {{ ref('int_session_landings') }}
    where told_medium is not null
)

select
    m.told_medium,
    w.meaning as medium_kind
from media as m
inner join {{ ref('int_channel_words') }} as w on w.kind = 'medium' and m.told_medium like w.spelling
qualify
    row_number() over (
        partition by m.told_medium
        order by m.told_medium = w.spelling desc nulls last, length(w.spelling) desc nulls last, w.spelling asc nulls last
    ) = 1
