{{ config(severity='warn') }}
-- What is taken off a sold line is at most its price; the line would be worth less than nothing.
select
    order_id,
    line_number,
    list_amount,
    discount
from {{ ref('int_order_lines') }}
where
    is_sold
    and discount > list_amount
