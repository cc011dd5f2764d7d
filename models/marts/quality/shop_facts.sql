-- One row per fact about the shop as a whole that its figures rest on.
select
    {{ "'sale_kind'" if sources() | length == 1 else "'sale_kind of ' || k.source_name" }} as fact,
    case when k.other_source is not null then 'counted by ' || k.other_source else k.sale_kind end as value,
    case
        when k.other_source is not null
            then
                k.same_orders || ' of the ' || k.orders_of_its_time || ' orders that fall into the time of ' || k.other_source
                || ' are its orders: in that time it alone counts.'
        when k.order_lines = 0 then 'There are no order lines; the ' || k.purchase_events || ' purchase events are the sales.'
        when k.purchase_events = 0 then 'There are ' || k.order_lines || ' order lines and no purchase events.'
        else 'There are ' || k.order_lines || ' order lines; the ' || k.purchase_events || ' purchase events are no sales.'
    end as reason
from {{ ref('int_sale_kind') }} as k
union all
select
    'order_dates' as fact,
    case when k.has_dates then 'given' else 'none' end as value,
    case
        when k.has_dates then 'Every order has the time at which it was placed.'
        else
            'No order line has a date, so what needs the time of orders is empty: shop.activity_daily (of orders), recency and '
            || 'cells in segments.customer_rfm, the predictions, and what is tested on the past.'
    end as reason
from {{ ref('int_order_dates') }} as k
union all
select
    'currency' as fact,
    c.currency as value,
    c.reason
from {{ ref('int_currency') }} as c
union all
select
    'calendar_time_zone' as fact,
    '{{ calendar_time_zone() }}' as value,
    '{{ "The setting calendar_time_zone." if var("calendar_time_zone")
        else "The setting time_zone." if var("time_zone")
        else "The zone of the source system." if time_zone(sources()[0]) != "UTC" else "No setting names a zone." }}' as reason
union all
select
    'channels' as fact,
    case when k.landings > 0 then 'told' else 'not told' end as value,
    k.landings || ' of ' || k.sessions || ' visits have a page, a referrer or a campaign, which tell who sent them.' as reason
from (
    select
        (select count(*) from {{ ref('int_session_landings') }}) as landings,
        (select count(*) from {{ ref('int_session_facts') }}) as sessions
) as k
union all
select
    'cost of ' || k.channel as fact,
    cast(sum(k.cost) as string) as value,
    'No channel is called so. Its cost stands apart in shop.channels_daily; say in the seed channel_words which channel '
    || 'it is.' as reason
from {{ ref('int_channel_costs') }} as k
where not k.is_known_channel
group by k.channel
