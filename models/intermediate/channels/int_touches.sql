-- One row per touch of somebody who ordered: a visit of theirs, or an order, numbered by time. The person is the customer; of
-- an order of nobody it is the device, if nobody shares it. An order on the web is a touch of an unknown channel: where no
-- visit is seen before it, as of all that was sold before visits were counted, nobody knows who brought the customer.
with visits as (
    select
        p.customer_id as person_id,
        p.session_id as touch_id,
        s.started_at as touched_at,
        p.known_at,
        p.known_until,
        c.channel,
        c.channel_source,
        c.campaign_name,
        -- who was at a till yesterday was not brought to the web by that
        not c.is_at_till as is_web_visit,
        false as is_web_sale
    from {{ ref('int_session_people') }} as p
    inner join {{ ref('int_session_facts') }} as s on p.session_id = s.session_id
    inner join {{ ref('int_session_channels') }} as c on p.session_id = c.session_id
    where not c.is_crawler
),

visits_of_devices as (
    select
        {{ person_of_device('f.visitor_id') }} as person_id,
        f.session_id as touch_id,
        f.started_at as touched_at,
        f.started_at as known_at,
        cast(null as timestamp) as known_until,
        c.channel,
        c.channel_source,
        c.campaign_name,
        not c.is_at_till as is_web_visit,
        false as is_web_sale
    from {{ ref('int_session_facts') }} as f
    semi join {{ ref('int_order_sessions') }} as o on f.visitor_id = o.visitor_id and o.customer_id is null
    anti join {{ ref('int_shared_visitors') }} as v on f.visitor_id = v.visitor_id
    inner join {{ ref('int_session_channels') }} as c on f.session_id = c.session_id
    where not c.is_crawler
),

sales as (
    select
        s.customer_id as person_id,
        s.order_id as touch_id,
        coalesce(v.placed_at, s.ordered_at) as touched_at,
        coalesce(v.placed_at, s.ordered_at) as known_at,
        cast(null as timestamp) as known_until,
        coalesce(s.sale_channel, 'unknown') as channel,
        cast(null as string) as channel_source,
        cast(null as string) as campaign_name,
        false as is_web_visit,
        s.sale_channel is null as is_web_sale
    from {{ ref('int_order_channels_of_sale') }} as s
    left join {{ ref('int_order_sessions') }} as v on s.order_id = v.order_id
    where
        s.customer_id is not null
        and s.ordered_at is not null
)

select
    *,
    {{ is_direct('channel') }} as is_direct,
    row_number() over (
        partition by person_id
        order by touched_at asc nulls last, is_web_sale asc nulls last, touch_id asc nulls last, known_at asc nulls last
    ) as touch_number
from (
    select * from visits
    union all
    select * from visits_of_devices
    union all
    select * from sales
) as touches
