-- One row per customer, visitor, session or review and rule by which it may be something else than it seems. Nothing is merged,
-- and no revenue is changed, because of a row here; `left_out_of` says what is.
select
    kind,
    id,
    rule,
    score,
    chance,
    reason,
    known_at,
    decision,
    decision_reason,
    leaves_out as left_out_of
from {{ ref('int_suspicions') }}
