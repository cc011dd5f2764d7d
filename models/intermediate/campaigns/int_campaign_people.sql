-- One row per campaign, variant and person who was shown it: what the tool says came of it, and what the shop's own orders say
-- that the person bought in the days after they saw it first.
with shown as (
    select
        campaign_id,
        variant,
        person_id,
        max(customer_id) as customer_id,
        min(shown_at) as first_shown_at,
        count(*) as impressions,
        count(*) filter (where is_clicked) as clicks,
        count(*) filter (where is_converted) as conversions,
        sum(revenue) as revenue,
        sum(cost) as cost,
        sum(satisfaction) as satisfaction,
        count(satisfaction) as answers,
        max(case when unsubscribed_at is not null then 1 else 0 end) as unsubscribes
    from {{ ref('int_campaign_impressions') }}
    group by campaign_id, variant, person_id
),

bought as (
    select
        s.campaign_id,
        s.variant,
        s.person_id,
        sum(o.orders) as orders,
        sum(o.revenue) as revenue,
        sum(o.margin) as margin,
        sum(o.costed_revenue) as costed_revenue
    from shown as s
    inner join {{ ref('int_campaigns') }} as c on s.campaign_id = c.campaign_id
    inner join {{ ref('int_customer_acts') }} as o
        on
            s.customer_id = o.customer_id
            and s.first_shown_at <= o.acted_at
            and s.first_shown_at + interval '1 day' * c.attribution_days > o.acted_at
    where o.orders = 1
    group by s.campaign_id, s.variant, s.person_id
)

select
    s.*,
    coalesce(b.orders, 0) as orders_after,
    coalesce(b.revenue, 0) as revenue_after,
    coalesce(b.margin, 0) as margin_after,
    coalesce(b.costed_revenue, 0) as costed_revenue_after
from shown as s
left join bought as b on s.campaign_id = b.campaign_id and s.variant = b.variant and s.person_id = b.person_id
