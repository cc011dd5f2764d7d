{{ config(enabled=source_system() == 'demo') }}

-- One row is one customer, as the made shop wrote it: text, uncleaned.
select
    rowid + 1 as row_number,
    cast(null as string) as row_defect,
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
    erased_at
from {{ ref('demo_customers') }}
