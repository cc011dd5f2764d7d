-- Loyalty is a second order: no customer with one has a cell whose name says that somebody came back.
select
    r.customer_id,
    r.frequency,
    r.rfm_segment
from {{ ref('customer_rfm') }} as r
semi join (select * from {{ ref('rfm_segments') }} where says_came_back) as g on r.rfm_segment = g.rfm_segment
where r.frequency < 2
