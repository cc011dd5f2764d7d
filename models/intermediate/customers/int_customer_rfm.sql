-- One row per customer: recency, frequency and money of the completed orders, scored 1 to 5, and the name of the cell.
-- Without a completed order there is nothing to score: a Prospect. Without a revenue there is no score of money. A name
-- that says somebody has stayed away is null while the shop's orders do not reach back `churn_days`, and without dates of
-- orders there is neither recency nor a cell.
with measures as (
    select
        c.customer_id,
        {{ whole_days_between('o.last_ordered_at', 'a.as_of') }} as recency_days,
        {{ whole_days_between('o.first_ordered_at', 'a.as_of') }} as known_days,
        coalesce(o.orders, 0) as frequency,
        coalesce(o.gross_revenue, 0) as monetary
    from {{ ref('int_customers') }} as c
    cross join {{ ref('stg_as_of') }} as a
    left join {{ ref('int_customer_orders') }} as o on c.customer_id = o.customer_id
),

-- recency: buyers who are no more recent, equal ones included; frequency and money: buyers with strictly less. So equal
-- values share a score, the higher of recency and the lower of the others: one order is F 1 wherever most buy once
standings as (
    select
        customer_id,
        case when recency_days is not null then count(*) over (order by recency_days desc nulls last) end as no_more_recent,
        rank() over (order by frequency asc nulls last) - 1 as less_frequent,
        rank() over (order by monetary asc nulls last) - 1 as less_spent,
        max(monetary) over () > 0 as has_money,
        max(known_days) over () as history_days,
        count(*) over () as buyers
    from measures
    where frequency > 0
),

scores as (
    select
        customer_id,
        history_days,
        -- 5 x count / buyers is exact wherever it is whole, so ceiling and floor are too
        cast(ceil(5 * no_more_recent / nullif(cast(buyers as double), 0)) as int) as r_score,
        1 + cast(floor(5 * less_frequent / nullif(cast(buyers as double), 0)) as int) as f_score,
        case when has_money then 1 + cast(floor(5 * less_spent / nullif(cast(buyers as double), 0)) as int) end as m_score
    from standings
),

with_fm as (
    select
        *,
        cast(ceil((f_score + coalesce(m_score, f_score)) / 2.0) as int) as fm_score
    from scores
),

named as (
    select
        s.*,
        g.rfm_segment,
        coalesce(g.says_away, false) and s.history_days < {{ var('churn_days') }} as is_too_early
    from with_fm as s
    left join {{ ref('rfm_segments') }} as g on s.r_score = g.r_score and s.fm_score = g.fm_score
)

select
    m.customer_id,
    m.recency_days,
    m.frequency,
    m.monetary,
    n.r_score,
    n.f_score,
    n.m_score,
    n.fm_score,
    case
        when m.frequency = 0 then 'Prospect'
        when not n.is_too_early then n.rfm_segment
    end as rfm_segment,
    case
        when m.frequency > 0 and m.recency_days is null then 'The orders have no dates: nobody knows who has ordered lately.'
        when n.is_too_early
            then
                'The orders reach back ' || cast(n.history_days as string)
                || ' days: too short to say who has stayed away for {{ var("churn_days") }}.'
    end as null_reason
from measures as m
left join named as n on m.customer_id = n.customer_id
