-- One row per campaign, variant (`holdout`: who was left alone) and segment as it was at the start: sums over its people. Where the tool
-- reports no conversion of a campaign, the shop's own orders in the days after are what came of it.
with told as (
    select
        campaign_id,
        sum(conversions) > 0 or count(revenue) > 0 as tells_conversions
    from {{ ref('int_campaign_people') }}
    group by campaign_id
),

people as (
    select
        p.campaign_id,
        p.variant,
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
        p.revenue_after,
        p.margin_after as margin,
        p.costed_revenue_after as costed_revenue
    from {{ ref('int_campaign_people') }} as p
    inner join told as t on p.campaign_id = t.campaign_id
    left join {{ ref('int_campaign_segments') }} as g on p.campaign_id = g.campaign_id and p.customer_id = g.customer_id
    anti join {{ ref('int_campaign_customers') }} as h
        on p.campaign_id = h.campaign_id and p.customer_id = h.customer_id and h.kind = 'drawn' and h.arm = 'control'
    union all
    select
        campaign_id,
        'holdout' as variant,
        segment_id,
        cast(is_touched as int) as impressions,
        0 as clicks,
        0 as unsubscribes,
        null as satisfaction,
        0 as answers,
        cost,
        'orders' as conversions_from,
        orders as conversions,
        revenue,
        revenue as revenue_after,
        margin,
        costed_revenue
    from {{ ref('int_campaign_customers') }}
    where
        kind = 'drawn'
        and arm = 'control'
)

select
    campaign_id,
    variant,
    coalesce(segment_id, 'all') as segment_id,
    min(conversions_from) as conversions_from,
    count(*) as customers,
    cast(sum(impressions) as bigint) as impressions,
    cast(sum(clicks) as bigint) as clicks,
    count(*) filter (where clicks > 0) as customers_clicked,
    cast(sum(conversions) as bigint) as conversions,
    count(*) filter (where conversions > 0) as customers_converted,
    cast(sum(revenue) as decimal(18, 2)) as revenue,
    {{ exact_sum('cast(revenue as double) * cast(revenue as double)') }} as revenue_squared,
    cast(case when {{ has_margin('revenue_after', 'costed_revenue') }} then sum(margin) end as decimal(18, 2)) as margin,
    {{ exact_sum('cast(margin as double) * cast(margin as double)') }} as margin_squared,
    {{ ratio('sum(costed_revenue)', 'sum(revenue_after)') }} as costed_revenue_share,
    cast(sum(cost) as decimal(18, 2)) as touch_cost,
    cast(sum(unsubscribes) as bigint) as unsubscribes,
    cast(sum(answers) as bigint) as answers,
    sum(satisfaction) as satisfaction,
    {{ exact_sum('cast(satisfaction as double) * cast(satisfaction as double) / nullif(answers, 0)') }} as satisfaction_squared
from people
group by grouping sets ((campaign_id, variant, segment_id), (campaign_id, variant))
