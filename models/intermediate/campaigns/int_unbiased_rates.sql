-- One row per strategy and position (0: all of them together): its click rate if all had stood at the first.
with found as (
    select
        run_id,
        {{ explode('rates') }} as item
    from {{ ref('ml_recommendation_feedback') }}
)

select
    f.item.strategy_code as strategy_code,
    f.item.position as position,
    f.item.unbiased_click_rate as unbiased_click_rate,
    f.item.unbiased_low as unbiased_low,
    f.item.unbiased_high as unbiased_high,
    f.run_id
from found as f
