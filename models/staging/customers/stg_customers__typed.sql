-- One row per row of the source, cleaned and cast: a customer, and the first thing that is wrong with it.
with source as (
    select * from {{ source_table('customers') }}
),

cleaned as (
    select
        row_number,
        row_defect,
        {{ clean_columns('customers') }}
    from source
)

select
    row_number,
    case
        when row_defect is not null then row_defect
        when customer_id is null then 'customer_id is missing'
        when created_at is not null and {{ to_utc('created_at') }} is null then 'created_at is not a time'
        when birth_date is not null and {{ to_date('birth_date') }} is null then 'birth_date is not a date'
        when marketing_consent is not null and {{ to_boolean('marketing_consent') }} is null
            then 'marketing_consent is not true or false'
        when erased_at is not null and {{ to_utc('erased_at') }} is null then 'erased_at is not a time'
    end as reject_reason,
    customer_id,
    {{ to_utc('created_at') }} as created_at,
    email,
    phone,
    {{ to_date('birth_date') }} as birth_date,
    lower(gender) as gender,
    country,
    city,
    income_band,
    {{ to_boolean('marketing_consent') }} as marketing_consent,
    {{ to_utc('erased_at') }} as erased_at,
    {{ to_utc('updated_at') }} as updated_at
from cleaned
