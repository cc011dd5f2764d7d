-- One row per campaign, variant and person who was shown it, or (`holdout`) was drawn to be left alone: in which segment they
-- were at the start, and what came of it. Conversions are those that the tool reports; where it reports none of a campaign,
-- the shop's own orders in the days after. Of the holdout a tool reports none.
with told as (
    select
        campaign_id,
        sum(conversions) > 0 or count(revenue) > 0 as tells_conversions
    from {{ ref('int_campaign_people') }}
    group by campaign_id
),

usual as (
    select {{ ratio('sum(margin)', 'sum(revenue)') }} as margin_share
    from {{ ref('int_customer_acts') }}
)

select
    p.campaign_id,
    p.variant,
    p.person_id,
    case when p.customer_id is null then 'visitors' else coalesce(g.segment_id, 'rfm: Prospect') end as segment_id,
    p.impressions,
    p.clicks,
    p.unsubscribes,
    p.satisfaction,
    p.answers,
    p.cost,
    case when t.tells_conversions then 'tool' else 'orders' end as conversions_from,
    case when t.tells_conversions then p.conversions else p.orders_after end as conversions,
    case when t.tells_conversions then coalesce(p.revenue, 0) else p.revenue_after end as revenue,
    case
        when t.tells_conversions then cast(coalesce(p.revenue, 0) * u.margin_share as decimal(18, 2))
        else p.margin_after
    end as margin,
    p.orders_after,
    p.revenue_after,
    p.margin_after,
    p.costed_revenue_after
from {{ ref('int_campaign_people') }} as p
cross join usual as u
inner join told as t on p.campaign_id = t.campaign_id
left join {{ ref('int_campaign_customers') }} as g
    on p.campaign_id = g.campaign_id and p.customer_id = g.customer_id
anti join {{ ref('int_assigned') }} as h
    on p.campaign_id = h.campaign_id and p.customer_id = h.customer_id and h.arm = 'control'
union all
select
    c.campaign_id,
    'holdout' as variant,
    c.customer_id as person_id,
    c.segment_id,
    cast(c.is_touched as int) as impressions,
    0 as clicks,
    0 as unsubscribes,
    cast(null as decimal(9, 3)) as satisfaction,
    0 as answers,
    c.cost,
    case when t.tells_conversions then 'tool' else 'orders' end as conversions_from,
    case when not coalesce(t.tells_conversions, false) then c.orders end as conversions,
    case when not coalesce(t.tells_conversions, false) then c.revenue end as revenue,
    case when not coalesce(t.tells_conversions, false) then c.margin end as margin,
    c.orders as orders_after,
    c.revenue as revenue_after,
    c.margin as margin_after,
    c.costed_revenue as costed_revenue_after
from {{ ref('int_campaign_customers') }} as c
left join told as t on c.campaign_id = t.campaign_id
where
    c.kind = 'drawn'
    and c.arm = 'control'
