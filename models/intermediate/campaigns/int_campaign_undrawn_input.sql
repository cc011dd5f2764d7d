-- One row per campaign that nobody was drawn for and customer who was shown it or is compared with those who were: what they
-- did in its window, and what was known of them before.
with arms as (
    select
        campaign_id,
        count(*) filter (where arm = 'treatment') as treated,
        {{ has_margin('revenue', 'costed_revenue') }} as has_margin,
        sum(orders) + sum(orders_before) > 0 as has_orders,
        sum(revenue) + sum(revenue_before) > 0 as has_money,
        sum(visits) > 0 as has_visits,
        count(cost) > 0 as has_cost
    from {{ ref('int_campaign_customers') }}
    where kind = 'not drawn'
    group by campaign_id
)

select
    u.campaign_id,
    u.variant,
    u.elapsed_share,
    k.customer_code,
    cast(case when r.has_orders then least(u.orders, 1) end as double) as y_conversion,
    cast(case when r.has_orders then u.orders end as double) as y_orders,
    cast(case when r.has_money then u.revenue end as double) as y_revenue,
    cast(case when r.has_margin then u.margin end as double) as y_margin,
    cast(case
        when r.has_margin and (c.cost is not null or r.has_cost)
            then
                u.margin - coalesce(u.cost, 0)
                - case when u.arm = 'treatment' then coalesce(c.cost, 0) / nullif(r.treated, 0) else 0 end
    end as double) as y_profit,
    cast(case when r.has_visits then least(u.visits, 1) end as double) as y_visits,
    {{ campaign_features('u', 'k') }}
from {{ ref('int_campaign_customers') }} as u
inner join {{ ref('int_campaigns') }} as c on u.campaign_id = c.campaign_id
inner join arms as r on u.campaign_id = r.campaign_id
inner join {{ ref('int_customers') }} as k on u.customer_id = k.customer_id
where
    u.kind = 'not drawn'
    and r.treated > 0
