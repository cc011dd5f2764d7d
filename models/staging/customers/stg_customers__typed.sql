-- One row per row of the source, cleaned and cast: a customer, and the first thing that is wrong with it.
with {{ rows_by_type('customers', ref('src_customers')) }}

select
    row_number,
    source_name,
    row_defect,
    {{ fault_of_columns('customers') }} as reject_reason,
    {{ own_id('customer_id_read') }} as customer_id,
    {{ a_date('created_at_read') }} as created_at,
    email,
    phone,
    first_name,
    last_name,
    postal_code,
    {{ a_date('birth_date_read') }} as birth_date,
    lower(gender) as gender,
    country,
    city,
    income_band,
    marketing_consent_read as marketing_consent,
    {{ a_date('erased_at_read') }} as erased_at,
    erased_at is not null and erased_at_read is null as has_unread_erasure,
    acquisition_channel,
    {{ a_date('updated_at_read') }} as updated_at
from by_type {{ join_own_ids(['customer_id_read']) }}
