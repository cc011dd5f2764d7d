{{ config(materialized='view') }}
-- One row per campaign and customer who was drawn for it: by what it is judged (y_) and what they did before that goes with it
-- (x_), its weight and with whom it is compared: the holdout, or without one the first variant. Margin and profit are null
-- where too few costs are known.
with arms as (
    select
        campaign_id,
        min(variant) as first_variant,
        count(*) filter (where arm = 'control') > 0 as has_control,
        count(*) filter (where arm = 'treatment') as treated,
        {{ has_margin('revenue', 'costed_revenue') }} as has_margin,
        sum(orders) + sum(orders_before) > 0 as has_orders,
        sum(revenue) + sum(revenue_before) > 0 as has_money,
        sum(visits) > 0 as has_visits,
        count(cost) > 0 as has_cost
    from {{ ref('int_campaign_customers') }}
    where kind = 'drawn'
    group by campaign_id
),

weights as (
    select
        campaign_id,
        coalesce(variant, '') as of_variant,
        min(propensity) < max(propensity) as differs,
        count(propensity) = count(*) as is_known,
        -- decimals add up to the same in any order
        count(*) / nullif(sum(cast(1 / nullif(propensity, 0) as decimal(28, 10))), 0) as scale
    from {{ ref('int_campaign_customers') }}
    where kind = 'drawn'
    group by campaign_id, coalesce(variant, '')
)

select
    u.campaign_id,
    u.customer_id,
    u.segment_id,
    u.elapsed_share,
    u.is_touched,
    coalesce(u.variant, '') as variant,
    case when r.has_control then '' else r.first_variant end as baseline,
    case when v.is_known and not v.differs then u.propensity end as planned_share,
    case when v.is_known and v.differs then v.scale / nullif(u.propensity, 0) else 1.0 end as weight,
    case when r.has_orders then least(u.orders, 1) end as y_conversion,
    least(u.orders_before, 1) as x_conversion,
    case when r.has_orders then u.orders end as y_orders,
    u.orders_before as x_orders,
    case when r.has_money then u.revenue end as y_revenue,
    u.revenue_before as x_revenue,
    case when r.has_margin then u.margin end as y_margin,
    u.revenue_before as x_margin,
    case
        when r.has_margin and (c.cost is not null or r.has_cost)
            then
                u.margin - coalesce(u.cost, 0)
                - case when u.arm = 'treatment' then coalesce(c.cost, 0) / nullif(r.treated, 0) else 0 end
    end as y_profit,
    u.revenue_before as x_profit,
    case when r.has_visits then least(u.visits, 1) end as y_visits,
    least(u.visits_before, 1) as x_visits
from {{ ref('int_campaign_customers') }} as u
inner join {{ ref('int_campaigns') }} as c on u.campaign_id = c.campaign_id
inner join arms as r on u.campaign_id = r.campaign_id
inner join weights as v on u.campaign_id = v.campaign_id and coalesce(u.variant, '') = v.of_variant
where u.kind = 'drawn'
