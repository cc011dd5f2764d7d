-- One row per strategy that is tried, with its place by complexity.
select
    strategy,
    complexity
from {{ ref('recommendation_strategies') }}
