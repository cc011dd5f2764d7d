-- One row per source system, as_of, found intent and word: what the word weighs in it. The warehouse's memory: a run adds its
-- rows, replaces those of the same as_of, and a full refresh loses none.
with found as (
    select {{ explode('found') }} as item
    from {{ ref('ml_message_intents') }}
)

select
    '{{ source_system() }}' as source_system,
    a.as_of,
    f.item.intent_code as intent_code,
    f.item.intent_name as intent_name,
    f.item.term as term,
    f.item.weight as weight
from found as f
-- without a date nothing is earlier or later
inner join {{ ref('stg_as_of') }} as a on a.as_of is not null
