{{ config(enabled=reads('square')) }}
-- One row per row of Square's item details. A refund is a transaction of its own that does not name the sale which it takes back:
-- a credit note, mostly without a customer. What was voided at the till was never sold.
{% call(source) each_source('square') %}
select
    row_number,
    transaction_id as order_id,
    product_id,
    ordered_at,
    customer_id,
    cast(line_number as string) as line_number,
    quantity,
    unit_price,
    cast(discount_amount as string) as discount_amount,
    order_status,
    case when is_no_product then 'false' end as is_product,
    channel,
    product_name,
    sku,
    row_defect
from {{ of_source(ref('src_square__item_rows'), source) }}
{% endcall %}
