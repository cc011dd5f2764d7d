-- One row per customer: recency, frequency and money of the completed orders, scored 1 to 5 by cumulative share.
-- Without a completed order there is nothing to score: a Prospect.
with measures as (
    select
        c.customer_id,
        {{ whole_days_between('o.last_ordered_at', 'a.as_of') }} as recency_days,
        coalesce(o.orders, 0) as frequency,
        coalesce(o.gross_revenue, 0) as monetary
    from {{ ref('int_customers') }} as c
    cross join {{ ref('int_as_of') }} as a
    left join {{ ref('int_customer_orders') }} as o on c.customer_id = o.customer_id
),

-- share of the buyers who are no better, equal ones included: equal values share a score
standings as (
    select
        customer_id,
        count(*) over (order by recency_days desc nulls last) as no_more_recent,
        count(*) over (order by frequency asc nulls last) as no_more_frequent,
        count(*) over (order by monetary asc nulls last) as no_more_spent,
        count(*) over () as buyers
    from measures
    where frequency > 0
),

scores as (
    select
        customer_id,
        -- 5 x count / buyers is exact wherever it is whole, so the ceiling is too
        cast(ceil(5 * no_more_recent / nullif(cast(buyers as double), 0)) as int) as r_score,
        cast(ceil(5 * no_more_frequent / nullif(cast(buyers as double), 0)) as int) as f_score,
        cast(ceil(5 * no_more_spent / nullif(cast(buyers as double), 0)) as int) as m_score
    from standings
),

with_fm as (
    select
        *,
        cast(ceil((f_score + m_score) / 2.0) as int) as fm_score
    from scores
)

select
    m.customer_id,
    m.recency_days,
    m.frequency,
    m.monetary,
    s.r_score,
    s.f_score,
    s.m_score,
    s.fm_score,
    coalesce(g.rfm_segment, 'Prospect') as rfm_segment
from measures as m
left join with_fm as s on m.customer_id = s.customer_id
left join {{ ref('rfm_segments') }} as g on s.r_score = g.r_score and s.fm_score = g.fm_score
