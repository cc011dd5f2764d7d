-- One row per currency and day with a known rate: units of the reporting currency for one of it. Accepted, each once.
select
    t.row_number,
    t.rate_date,
    t.currency,
    t.rate
from {{ ref('stg_exchange_rates__typed') }} as t
anti join {{ ref('stg_exchange_rates__repeated') }} as r on t.row_number = r.row_number
where
    t.reject_reason is null
