-- One row per person who was shown something: a customer, or a visitor of whom no customer is known, as a number. Customers have
-- theirs; visitors follow from -1 down.
select
    cast(customer_code as bigint) as person_code,
    customer_id as person_id,
    true as is_customer
from {{ ref('int_customers') }}
union all
select
    -row_number() over (order by visitor_id asc nulls last) as person_code,
    visitor_id as person_id,
    false as is_customer
from (
    select distinct t.visitor_id
    from {{ ref('stg_touches') }} as t
    anti join {{ ref('int_touched_visitors') }} as l on t.row_number = l.row_number
    where
        t.customer_id is null
        and t.visitor_id is not null
) as visitors
