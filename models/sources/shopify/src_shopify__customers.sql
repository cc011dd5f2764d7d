{{ config(enabled=reads('shopify')) }}
-- One row per customer in Shopify's export. Orders name people by e-mail address, else by telephone number; so does this. Who has
-- neither has no order that names them, and keeps Shopify's number.
{% call(source) each_source('shopify') %}
select
    row_number,
    coalesce({{ shopify_person(['email', 'phone']) }}, 'shopify ' || {{ shopify_text('shopify_id') }}) as customer_id,
    {{ shopify_text('email') }} as email,
    {{ shopify_text('phone') }} as phone,
    first_name,
    last_name,
    {{ shopify_text('postal_code') }} as postal_code,
    country,
    city,
    consent as marketing_consent,
    row_defect
from {{ raw_rows('customers', source) }} as customers_export
{% endcall %}
