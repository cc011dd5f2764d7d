{{ config(materialized='view') }}
-- One row per campaign and customer whose window has opened: by what campaigns are judged (y_). Null where the
-- shop does not know: orders or visits of nobody, no prices, too few costs.
with of_campaigns as (
    select
        kind,
        campaign_id,
        count(*) filter (where arm = 'treatment') as treated,
        {{ has_margin('revenue', 'costed_revenue') }} as has_margin,
        sum(orders) + sum(orders_before) > 0 as has_orders,
        sum(revenue) + sum(revenue_before) > 0 as has_money,
        sum(visits) > 0 as has_visits,
        count(cost) > 0 as has_cost
    from {{ ref('int_campaign_customers') }}
    group by kind, campaign_id
)

select
    u.*,
    r.treated,
    case when r.has_orders then least(u.orders, 1) end as y_conversion,
    case when r.has_orders then u.orders end as y_orders,
    case when r.has_money then u.revenue end as y_revenue,
    case when r.has_margin then u.margin end as y_margin,
    case
        when r.has_margin and (c.cost is not null or r.has_cost)
            then
                u.margin - coalesce(u.cost, 0)
                - case when u.arm = 'treatment' then coalesce(c.cost, 0) / nullif(r.treated, 0) else 0 end
    end as y_profit,
    case when r.has_visits then least(u.visits, 1) end as y_visits
from {{ ref('int_campaign_customers') }} as u
inner join {{ ref('int_campaigns') }} as c on u.campaign_id = c.campaign_id
inner join of_campaigns as r on u.kind = r.kind and u.campaign_id = r.campaign_id
