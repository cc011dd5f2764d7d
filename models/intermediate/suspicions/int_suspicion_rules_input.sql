-- One row per rule of suspicion, as the seed has it.
select
    rule,
    at_least,
    at_least_share,
    at_most_chance
from {{ ref('suspicion_rules') }}
