{{ config(enabled=source_system() == 'square') }}
-- One row per customer in the export of Square's customer directory.
select
    row_number,
    square_id as customer_id,
    email,
    -- spreadsheets are kept from changing it by an apostrophe
    ltrim(phone, chr(39)) as phone,
    city,
    consent as marketing_consent,
    row_defect
from {{ raw_rows('customers') }} as directory_export
