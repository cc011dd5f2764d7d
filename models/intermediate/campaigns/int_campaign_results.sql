-- One row per campaign, variant and segment as it was at the start (`all`: everyone): sums over its people, and of squares for
-- intervals.
select
    campaign_id,
    variant,
    coalesce(segment_id, 'all') as segment_id,
    min(conversions_from) as conversions_from,
    count(*) as customers,
    cast(sum(impressions) as bigint) as impressions,
    cast(sum(clicks) as bigint) as clicks,
    count(*) filter (where clicks > 0) as customers_clicked,
    count(*) filter (where unsubscribes > 0) as customers_unsubscribed,
    cast(sum(conversions) as bigint) as conversions,
    case when count(conversions) > 0 then count(*) filter (where conversions > 0) end as customers_converted,
    cast(sum(orders_after) as bigint) as orders_after,
    count(*) filter (where orders_after > 0) as customers_ordered,
    {% for amount in ['revenue', 'margin', 'revenue_after', 'margin_after'] %}
    {% set value = 'case when ' ~ ('has_money' if 'revenue' in amount else 'has_costs') ~ ' then ' ~ amount ~ ' end' %}
    cast(sum({{ value }}) as decimal(18, 2)) as {{ amount }},
    {{ exact_sum('cast(' ~ value ~ ' as double) * cast(' ~ value ~ ' as double)') }} as {{ amount }}_squared,
    {% endfor %}
    {{ ratio('sum(costed_revenue_after)', 'sum(revenue_after)') }} as costed_revenue_share,
    cast(sum(cost) as decimal(18, 2)) as touch_cost,
    cast(sum(answers) as bigint) as answers,
    sum(satisfaction) as satisfaction,
    {{ exact_sum('cast(satisfaction as double) * cast(satisfaction as double) / nullif(answers, 0)') }} as satisfaction_squared
from (
    select
        o.*,
        c.has_costs,
        c.has_money
    from {{ ref('int_campaign_outcomes') }} as o
    cross join (
        select
            {{ has_margin('revenue', 'costed_revenue') }} as has_costs,
            sum(revenue) > 0 as has_money
        from {{ ref('int_customer_acts') }}
    ) as c
) as people
group by grouping sets ((campaign_id, variant, segment_id), (campaign_id, variant))
