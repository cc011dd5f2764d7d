{{ config(severity='warn') }}
-- At most one in a hundred order lines or events has the customer id 0 or -1, which systems write for nobody: all of them
-- would be one best customer. Leave the id empty where nobody is known.
select
    'order_lines' as source_table,
    customer_id,
    count(*) as rows_of_customer
from {{ ref('stg_order_lines') }}
where customer_id in ('0', '-1')
group by customer_id
having count(*) > 0.01 * (select count(l.customer_id) from {{ ref('stg_order_lines') }} as l)
union all
select
    'events' as source_table,
    customer_id,
    count(*) as rows_of_customer
from {{ ref('stg_events') }}
where customer_id in ('0', '-1')
group by customer_id
having count(*) > 0.01 * (select count(e.customer_id) from {{ ref('stg_events') }} as e)
