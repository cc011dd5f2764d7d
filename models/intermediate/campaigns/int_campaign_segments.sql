-- One row per campaign and customer who had ordered before its start: the RFM segment as it was then, by the rules of
-- int_customer_rfm. What a campaign did to its customers must not decide in which group they are looked at.
with bought as (
    select
        c.campaign_id,
        o.customer_id,
        {{ whole_days_between('max(o.ordered_at)', 'max(c.starts_at)') }} as recency_days,
        {{ whole_days_between('min(o.ordered_at)', 'max(c.starts_at)') }} as known_days,
        count(*) as frequency,
        sum(o.gross_revenue) as monetary
    from {{ ref('int_campaigns') }} as c
    inner join {{ ref('int_orders') }} as o on c.starts_at > o.ordered_at
    where
        o.is_sale
        and o.customer_id is not null
    group by c.campaign_id, o.customer_id
),

standings as (
    select
        campaign_id,
        customer_id,
        5 * count(*) over (partition by campaign_id order by recency_days desc nulls last)
        / cast(count(*) over of_campaign as double) as no_more_recent,
        5 * (rank() over (partition by campaign_id order by frequency asc nulls last) - 1)
        / cast(count(*) over of_campaign as double) as less_frequent,
        5 * (rank() over (partition by campaign_id order by monetary asc nulls last) - 1)
        / cast(count(*) over of_campaign as double) as less_spent,
        max(monetary) over of_campaign > 0 as has_money,
        max(known_days) over of_campaign as history_days
    from bought
    window of_campaign as (partition by campaign_id)
),

scores as (
    select
        campaign_id,
        customer_id,
        history_days,
        cast(ceil(no_more_recent) as int) as r_score,
        1 + cast(floor(less_frequent) as int) as f_score,
        case when has_money then 1 + cast(floor(less_spent) as int) end as m_score
    from standings
)

select
    s.campaign_id,
    s.customer_id,
    'rfm: ' || case
        when g.says_away and s.history_days < {{ var('churn_days') }} then '(too early to say)'
        else g.rfm_segment
    end as segment_id
from scores as s
left join {{ ref('rfm_segments') }} as g
    on s.r_score = g.r_score and cast(ceil((s.f_score + coalesce(s.m_score, s.f_score)) / 2.0) as int) = g.fm_score
