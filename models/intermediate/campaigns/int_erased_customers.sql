-- One row per customer who is erased.
select customer_id
from {{ ref('int_customers') }}
where is_erased
