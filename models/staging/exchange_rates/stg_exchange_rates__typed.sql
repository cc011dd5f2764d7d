-- One row per row of the source, cleaned and cast: what a currency was worth on a day, and the first thing wrong with it.
with cleaned as (
    select
        source.row_number,
        source.row_defect,
        {{ clean_columns('exchange_rates') }}
    from {{ ref('src_exchange_rates') }} as source
    cross join {{ words_for_nothing() }} as nothing
),

by_type as (
    select
        cleaned.*,
        {{ read_columns('exchange_rates') }}
    from cleaned
    cross join {{ readings_of('exchange_rates') }} as reading
)

select
    row_number,
    coalesce({{ fault_of_columns('exchange_rates') }}, case
        when rate_read <= 0 then 'rate is not above zero'
    end) as reject_reason,
    rate_date_read as rate_date,
    upper(currency) as currency,
    rate_read as rate
from by_type
