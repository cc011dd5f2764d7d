-- One row per row of the source, cleaned and cast: what a currency was worth on a day, and the first thing wrong with it.
with source as (
    select * from {{ source_table('exchange_rates') }}
),

cleaned as (
    select
        row_number,
        row_defect,
        {{ clean_columns('exchange_rates') }}
    from source
)

select
    row_number,
    case
        when row_defect is not null then row_defect
        when rate_date is null then 'rate_date is missing'
        when {{ to_date('rate_date') }} is null then 'rate_date is not a date'
        when currency is null then 'currency is missing'
        when rate is null then 'rate is missing'
        when {{ unreadable('rate', 'decimal(18, 6)') }} then 'rate is not a number'
        when try_cast(rate as decimal(18, 6)) <= 0 then 'rate is not above zero'
    end as reject_reason,
    {{ to_date('rate_date') }} as rate_date,
    upper(currency) as currency,
    try_cast(rate as decimal(18, 6)) as rate
from cleaned
