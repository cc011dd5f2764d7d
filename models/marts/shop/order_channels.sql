-- One row per order, of any status: which channels brought its buyer. A touch may be later than the order of a list that knows
-- the day alone.
select
    c.order_id,
    c.customer_id,
    c.ordered_at,
    c.first_touch_channel,
    c.first_touch_source,
    c.first_touch_campaign,
    c.first_touch_at,
    {{ whole_days_between('c.first_touch_at', 'greatest(c.ordered_at, c.first_touch_at)') }} as first_touch_days,
    c.last_touch_channel,
    c.last_touch_source,
    c.last_touch_campaign,
    c.last_touch_at,
    {{ whole_days_between('c.last_touch_at', 'greatest(c.ordered_at, c.last_touch_at)') }} as last_touch_days,
    c.last_touch_by,
    c.touches,
    {{ shop_day('c.ordered_at') }} as order_date,
    {{ source_of_id('c.order_id') }} as source_system
from {{ ref('int_order_channels') }} as c
