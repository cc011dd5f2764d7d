{{ config(enabled=source_system() == 'olist') }}
-- One row per order's customer of Olist: where the person lived then. The latest counts.
select
    c.row_number,
    c.customer_unique_id as customer_id,
    'BR' as country,
    c.city,
    o.purchased_at as updated_at,
    c.row_defect
from {{ raw_rows('customers') }} as c
left join {{ raw_rows('orders') }} as o on c.customer_id = o.customer_id and o.row_defect is null
