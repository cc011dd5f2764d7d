{{ config(severity='warn') }}
-- No order id stands for sales of several customers. Where day or channel differ, too, they are orders of their own, numbered
-- from the second on, else one order of its first customer.
select
    order_id,
    count(distinct customer_id) as customers
from {{ ref('stg_order_lines__typed') }}
where reject_reason is null
group by order_id
having count(distinct customer_id) > 1
union all
select
    p.order_id,
    count(distinct p.customer_id) as customers
from {{ ref('int_purchase_parts') }} as p
where {{ counts_sales(source_of_id('p.order_id'), 'events', 'null') }}
group by p.order_id
