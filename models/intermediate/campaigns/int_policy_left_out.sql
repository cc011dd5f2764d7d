-- One row per occasion whose propensities cannot be: how many choices no policy is judged by.
with occasions as (
    select {{ explode('occasions') }} as item
    from {{ ref('ml_policy_evaluation') }}
)

select
    o.item.occasion_code as occasion_code,
    o.item.choices as choices
from occasions as o
