{{ config(enabled=reads('olist')) }}
-- One row per order's customer of Olist: where the person lived then. The latest counts.
{% call(source) each_source('olist') %}
with orders as (
    select
        customer_of_order,
        max(purchased_at) as purchased_at
    from {{ of_source(ref('src_olist__orders'), source) }}
    group by customer_of_order
)

select
    c.row_number,
    c.customer_unique_id as customer_id,
    'BR' as country,
    c.city,
    o.purchased_at as updated_at,
    c.row_defect
from {{ raw_rows('customers', source) }} as c
left join orders as o on c.customer_id = o.customer_of_order
{% endcall %}
