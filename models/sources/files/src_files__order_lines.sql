{{ config(enabled=source_system() == 'files') }}
-- One row per row of the raw table order_lines (product in an order), as it is: text, nothing filtered.
select
    row_number,
    order_id,
    product_id,
    ordered_at,
    customer_id,
    line_number,
    quantity,
    unit_price,
    discount_amount,
    order_status,
    returned_at,
    is_product,
    channel,
    country,
    product_name,
    row_defect
from {{ raw_rows('order_lines') }} as raw_rows
