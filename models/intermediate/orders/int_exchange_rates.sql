-- One row per foreign currency and day with a rate: what one unit of it was worth in the reporting currency. A day without
-- a rate of its own has that of the day before it, for a week at most: longer than any pause of the banks that publish
-- rates, and too short for a forgotten file to go unseen.
with stretches as (
    select
        r.currency,
        r.rate,
        r.rate_date as first_day,
        least(
            lead(r.rate_date) over (partition by r.currency order by r.rate_date asc nulls last) - interval '1 day',
            r.rate_date + interval '7 days'
        ) as last_day
    from {{ ref('stg_exchange_rates') }} as r
    inner join {{ ref('int_currency') }} as c on r.currency <> c.currency
)

select
    currency,
    cast({{ explode(day_series('first_day', 'last_day')) }} as date) as rate_date,
    rate
from stretches
