{{ config(enabled=source_system() == 'woocommerce') }}
-- One row per person whom the exported orders name, as their last order names them: accounts and guests alike. Orders without an
-- e-mail address and a telephone number name nobody.
select
    row_number,
    {{ woocommerce_person() }} as customer_id,
    coalesce(nullif(trim(email), ''), customer_email) as email,
    ltrim(phone, chr(39)) as phone,
    coalesce(billing_country, shipping_country) as country,
    city,
    row_defect
from {{ ref('src_woocommerce__order_rows') }}
where {{ woocommerce_person() }} is not null and row_defect is null
qualify row_number() over (
    partition by lower({{ woocommerce_person() }}) order by order_date desc nulls last, row_number asc nulls last
) = 1
