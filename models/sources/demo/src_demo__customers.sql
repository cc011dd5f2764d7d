{{ config(enabled=source_system() == 'demo') }}

-- One row is one customer, as the made shop wrote it: text, uncleaned.
select
    -- not rowid itself: a seed loaded again counts on from the last load
    row_number() over (order by rowid asc nulls last) as row_number,
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
