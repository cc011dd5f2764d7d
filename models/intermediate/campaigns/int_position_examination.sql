-- One row per position of lists: how much is seen there, as a share of the first.
with found as (
    select
        run_id,
        {{ explode('positions') }} as item
    from {{ ref('ml_recommendation_feedback') }}
)

select
    f.item.position as position,
    f.item.examination as examination,
    f.item.examination_low as examination_low,
    f.item.examination_high as examination_high,
    f.item.method as method
from found as f
