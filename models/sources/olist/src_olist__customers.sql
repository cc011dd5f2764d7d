{{ config(enabled=source_system() == 'olist') }}
-- One row per order's customer of Olist: where the person lived then. The latest counts.
with orders as (
    select
        customer_of_order,
        max(purchased_at) as purchased_at
    from {{ ref('src_olist__orders') }}
    group by customer_of_order
)

select
    c.row_number,
    c.customer_unique_id as customer_id,
    'BR' as country,
    c.city,
    o.purchased_at as updated_at,
    c.row_defect
from {{ raw_rows('customers') }} as c
left join orders as o on c.customer_id = o.customer_of_order
