-- No order, no session and no window of the past in which something was judged is in the future.
with times as (
    select ordered_at as happened_at from {{ ref('orders') }}
    union all
    select ended_at as happened_at from {{ ref('sessions') }}
    union all
    select cut_at as happened_at from {{ ref('recommendation_evaluation') }}
    union all
    select cut_at as happened_at from {{ ref('prediction_evaluation') }}
)

select t.happened_at
from times as t
cross join {{ ref('stg_as_of') }} as a
where t.happened_at > a.as_of
