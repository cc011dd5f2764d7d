{{ config(enabled=source_system() == 'demo') }}

-- One row is one product in an order, as the made shop wrote it: text, uncleaned.
select
    -- not rowid itself: a seed loaded again counts on from the last load
    row_number() over (order by rowid asc nulls last) as row_number,
    cast(null as string) as row_defect,
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
    product_name
from {{ ref('demo_order_lines') }}
