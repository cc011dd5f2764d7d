-- One row per word of each found intent of the latest as_of before this one: the intent's name, what the word weighs, and the
-- lowest number that no earlier one has had. Empty on the first run, and where intents are learned.
with history as (
    select *
    from {{ earlier_rows('int_intent_history', {
        'intent_code': 'int', 'intent_name': 'string', 'term': 'string', 'weight': 'double'}) }} as rows_before
),

before as (
    select h.*
    from history as h
    inner join {{ ref('stg_as_of') }} as a on h.as_of < a.as_of
),

with_next as (
    select
        *,
        max(as_of) over () as latest_as_of,
        max(intent_code) over () + 1 as next_intent_code
    from before
)

select
    as_of,
    intent_code,
    intent_name,
    term,
    weight,
    next_intent_code
from with_next
where as_of = latest_as_of
