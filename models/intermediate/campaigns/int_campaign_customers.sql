-- One row per campaign and customer of int_campaign_subjects whose window has opened: what they did in it and before, and in
-- which RFM segment they were when it opened. What a campaign did to its customers must not decide in which group they are
-- looked at.
with scored as (
    select
        d.*,
        s.arm,
        s.variant,
        s.propensity,
        s.opens_at,
        case
            when s.closes_at <= a.as_of then 1
            else {{ seconds_between('s.opens_at', 'a.as_of') }} / nullif(86400.0 * s.attribution_days, 0)
        end as elapsed_share,
        t.customer_id is not null as is_touched,
        t.cost,
        l.history_days,
        {{ points('d.days_since_last_order <= l.r') }} as r_score,
        {{ points('d.orders_before >= l.f') }} as f_score,
        case when l.has_money then {{ points('d.revenue_before >= l.m') }} end as m_score
    from {{ ref('int_campaign_doings') }} as d
    inner join {{ ref('int_campaign_subjects') }} as s
        on d.kind = s.kind and d.campaign_id = s.campaign_id and d.customer_id = s.customer_id
    inner join {{ ref('stg_as_of') }} as a on s.opens_at <= a.as_of
    left join {{ ref('int_campaign_rfm_limits') }} as l on d.campaign_id = l.campaign_id
    left join {{ ref('int_campaign_reached') }} as t on d.campaign_id = t.campaign_id and d.customer_id = t.customer_id
)

select
    s.*,
    case
        when s.orders_before = 0 then 'rfm: Prospect'
        when g.says_away and s.history_days < {{ var('churn_days') }} then 'rfm: (too early to say)'
        else 'rfm: ' || g.rfm_segment
    end as segment_id
from scored as s
left join {{ ref('rfm_segments') }} as g
    on s.r_score = g.r_score and cast(ceil((s.f_score + coalesce(s.m_score, s.f_score)) / 2.0) as int) = g.fm_score
