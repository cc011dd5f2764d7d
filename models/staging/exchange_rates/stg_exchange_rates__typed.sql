-- One row per row of the source, cleaned and cast: what a currency was worth on a day, and the first thing wrong with it.
with {{ rows_by_type('exchange_rates', ref('src_exchange_rates')) }}

select
    row_number,
    source_name,
    coalesce({{ fault_of_columns('exchange_rates') }}, case
        when rate_read <= 0 then 'rate is not above zero'
    end) as reject_reason,
    rate_date_read as rate_date,
    upper(currency) as currency,
    rate_read as rate
from by_type
