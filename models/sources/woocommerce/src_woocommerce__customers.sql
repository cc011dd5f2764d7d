{{ config(enabled=reads('woocommerce')) }}
-- One row per person whom the exported orders name, as their last order names them: accounts and guests alike. Orders without an
-- e-mail address and a telephone number name nobody.
{% call(source) each_source('woocommerce') %}
with orders as (
    select
        *,
        {{ woocommerce_person() }} as customer_id,
        {{ date_order_of('order_date', source) }} as date_order
    from {{ of_source(ref('src_woocommerce__order_rows'), source) }}
)

select
    row_number,
    customer_id,
    coalesce(nullif(trim(email), ''), customer_email) as email,
    ltrim(phone, chr(39)) as phone,
    coalesce(billing_country, shipping_country) as country,
    city,
    row_defect
from orders
where customer_id is not null and row_defect is null
qualify row_number() over (
    partition by lower(customer_id)
    order by {{ local_time_of_text('trim(order_date)', 'date_order') }} desc nulls last, row_number desc nulls last
) = 1
{% endcall %}
