-- One row per day and channel on which something was spent, in the reporting currency at the rate of the day. The channel bears
-- its name here, whatever the file calls it; one that nothing here is called stays what it is, so that what was spent is not
-- lost.

-- depends_on: {{ ref('int_unconverted_amounts') }}
with converted as (
    select
        c.cost_date,
        coalesce(w.meaning, c.channel) as channel,
        cast(c.cost * case when coalesce(c.currency = k.currency, true) then 1 else r.rate end as decimal(18, 2)) as cost
    from {{ ref('stg_channel_costs') }} as c
    cross join {{ ref('int_currency') }} as k
    left join {{ ref('int_channel_words') }} as w on w.kind = 'channel' and c.channel = w.spelling
    left join {{ ref('int_exchange_rates') }} as r on c.currency = r.currency and c.cost_date = r.rate_date
)

select
    c.cost_date,
    c.channel,
    cast(sum(c.cost) as decimal(18, 2)) as cost,
    coalesce(bool_or(k.channel is not null), false) as is_known_channel
from converted as c
left join {{ ref('int_known_channels') }} as k on c.channel = k.channel
group by c.cost_date, c.channel
