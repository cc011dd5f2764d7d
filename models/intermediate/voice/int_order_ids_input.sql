-- One row per order: its id as its source wrote it, and so do customers.
select distinct {{ unqualified_id('order_id') }} as order_id
from {{ ref('int_orders') }}
