{{ config(enabled=reads('square')) }}
-- One row per customer in the export of Square's customer directory.
{% call(source) each_source('square') %}
select
    row_number,
    square_id as customer_id,
    email,
    -- spreadsheets are kept from changing it by an apostrophe
    ltrim(phone, chr(39)) as phone,
    first_name,
    last_name,
    postal_code,
    city,
    consent as marketing_consent,
    row_defect
from {{ raw_rows('customers', source) }} as directory_export
{% endcall %}
