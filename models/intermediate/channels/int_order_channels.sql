-- One row per order: the first and the last touch of its buyer before it. What the shop says of how a customer was found goes
-- before the first visit; an order without any touch is of the channel in which it was sold, and of an unknown one if that is
-- the web.
select
    o.order_id,
    o.customer_id,
    o.ordered_at,
    coalesce(a.acquisition_channel, f.channel, o.sale_channel, 'unknown') as first_touch_channel,
    case when a.acquisition_channel is null then f.channel_source end as first_touch_source,
    case when a.acquisition_channel is null then f.campaign_name end as first_touch_campaign,
    case when a.acquisition_channel is null then f.touched_at end as first_touch_at,
    coalesce(l.channel, o.sale_channel, 'unknown') as last_touch_channel,
    l.channel_source as last_touch_source,
    l.campaign_name as last_touch_campaign,
    l.touched_at as last_touch_at,
    coalesce(t.touches, 0) as touches,
    case
        when o.sale_channel is not null then 'channel of the order'
        when l.touch_id is not null then 'visits'
        else 'nothing'
    end as last_touch_by
from {{ ref('int_order_channels_of_sale') }} as o
left join {{ ref('int_order_touches') }} as t on o.order_id = t.order_id
left join {{ ref('int_touches') }} as f on t.person_id = f.person_id and t.first_touch_number = f.touch_number
left join {{ ref('int_touches') }} as l on t.person_id = l.person_id and t.last_touch_number = l.touch_number
left join {{ ref('int_acquisition_channels') }} as a on o.customer_id = a.customer_id
