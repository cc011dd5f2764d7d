{{ config(enabled=source_system() == 'files') }}
-- One row per row of the raw table customers (customer), as it is: text, nothing filtered.
select
    row_number,
    customer_id,
    created_at,
    email,
    phone,
    birth_date,
    gender,
    country,
    city,
    income_band,
    marketing_consent,
    erased_at,
    row_defect
from {{ raw_rows('customers') }} as raw_rows
