-- Each segment has the customers that it says, and the shares are all of one whole.
with assigned as (
    select
        segment_id,
        count(*) as customers
    from {{ ref('customer_segments') }}
    group by segment_id
),

by_segment as (
    select
        coalesce(p.segment_id, a.segment_id) as segment_id,
        p.customers,
        a.customers as customers_assigned,
        p.share,
        sum(p.share) over () as shares
    from {{ ref('segment_profiles') }} as p
    full outer join assigned as a on p.segment_id = a.segment_id
)

select *
from by_segment
where
    customers is distinct from customers_assigned
    or abs(shares - 1) > 1e-9
