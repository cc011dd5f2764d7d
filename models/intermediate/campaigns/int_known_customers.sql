-- One row per customer whom the shop knows from more than its campaigns: its lists, orders, visits, reviews or messages.
select customer_id from {{ ref('stg_people') }}
union
select customer_id from {{ ref('int_order_lines') }} where customer_id is not null
union
select customer_id from {{ ref('int_sessions') }} where customer_id is not null
union
select customer_id from {{ ref('stg_reviews') }} where customer_id is not null
union
select customer_id from {{ ref('stg_support_messages') }} where customer_id is not null
