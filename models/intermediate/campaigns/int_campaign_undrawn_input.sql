-- One row per campaign that nobody was drawn for and customer who was shown it or is compared with those who were: what they did in
-- its window, and what was known of them before.
with arms as (
    select
        campaign_id,
        nullif(count(*) filter (where arm = 'treatment'), 0) as treated,
        {{ has_margin('revenue', 'costed_revenue') }} as has_margin,
        count(cost) > 0 as has_cost
    from {{ ref('int_campaign_customers') }}
    where kind = 'not drawn'
    group by campaign_id
)

select
    u.campaign_id,
    u.variant,
    k.customer_code,
    cast(least(u.orders, 1) as double) as y_conversion,
    cast(u.orders as double) as y_orders,
    cast(u.revenue as double) as y_revenue,
    cast(case when r.has_margin then u.margin end as double) as y_margin,
    cast(case
        when r.has_margin and (c.cost is not null or r.has_cost)
            then u.margin - coalesce(u.cost, 0) - case when u.arm = 'treatment' then coalesce(c.cost, 0) / r.treated else 0 end
    end as double) as y_profit,
    cast(case when h.has_sessions then least(u.visits, 1) end as double) as y_visits,
    {{ campaign_features('u') }}
from {{ ref('int_campaign_customers') }} as u
inner join {{ ref('int_campaigns') }} as c on u.campaign_id = c.campaign_id
inner join arms as r on u.campaign_id = r.campaign_id
inner join {{ ref('int_customers') }} as k on u.customer_id = k.customer_id
cross join (select count(*) > 0 as has_sessions from {{ ref('int_sessions') }}) as h
where
    u.kind = 'not drawn'
    and r.treated is not null
