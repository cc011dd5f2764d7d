-- One row: whether it is known when the shop's orders were placed. They all have dates, or none of them.
select bool_and(has_dates) as has_dates
from {{ ref('int_sale_kind') }}
