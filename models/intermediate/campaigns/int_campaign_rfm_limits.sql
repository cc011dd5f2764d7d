-- One row per campaign that began after some order: from which values on customers had which RFM score at its start, by the
-- rules of int_customer_rfm; of many customers a part is looked at, drawn by hash.
with customers as (
    select count(*) as customers
    from {{ ref('int_customers') }}
),

bought as (
    select
        c.campaign_id,
        o.customer_id,
        {{ whole_days_between('max(o.acted_at)', 'max(c.starts_at)') }} as recency_days,
        {{ whole_days_between('min(o.acted_at)', 'max(c.starts_at)') }} as known_days,
        count(*) as frequency,
        sum(o.revenue) as monetary
    from {{ ref('int_campaigns') }} as c
    inner join {{ ref('int_customer_acts') }} as o on c.starts_at > o.acted_at
    cross join customers as n
    where
        o.orders = 1
        and (
            n.customers <= {{ most_compared_customers() }}
            or {{ holdout_draw("'rfm'", 'o.customer_id') }} * n.customers < {{ most_compared_customers() }}
        )
    group by c.campaign_id, o.customer_id
),

standings as (
    select
        *,
        count(*) over (partition by campaign_id order by recency_days desc nulls last) as no_more_recent,
        rank() over (partition by campaign_id order by frequency asc nulls last) - 1 as less_frequent,
        rank() over (partition by campaign_id order by monetary asc nulls last) - 1 as less_spent,
        cast(count(*) over (partition by campaign_id) as double) as buyers
    from bought
),

scores as (
    select
        *,
        cast(ceil(5 * no_more_recent / nullif(buyers, 0)) as int) as r_score,
        1 + cast(floor(5 * less_frequent / nullif(buyers, 0)) as int) as f_score,
        1 + cast(floor(5 * less_spent / nullif(buyers, 0)) as int) as m_score
    from standings
)

select
    campaign_id,
    max(monetary) > 0 as has_money,
    {% for score in range(2, 6) %}
    max(recency_days) filter (where r_score >= {{ score }}) as r_{{ score }},
    min(frequency) filter (where f_score >= {{ score }}) as f_{{ score }},
    min(monetary) filter (where m_score >= {{ score }}) as m_{{ score }},
    {% endfor %}
    max(known_days) as history_days
from scores
group by campaign_id
