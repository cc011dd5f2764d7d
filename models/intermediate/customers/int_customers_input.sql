-- One row per customer who is to get recommendations, as a number, with the number of the segment where there is one.
select
    c.customer_code,
    cast(s.segment_id as int) as segment_code
from {{ ref('int_customers') }} as c
left join {{ ref('int_customer_segments') }} as s on c.customer_id = s.customer_id
where not c.is_erased
