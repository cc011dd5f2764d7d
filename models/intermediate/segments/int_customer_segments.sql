-- One row per customer with a segment: its id and how well the customer fits.
with assignments as (
    select
        run_id,
        {{ explode('assignments') }} as assignment
    from {{ ref('ml_customer_segments') }}
)

select
    c.customer_id,
    cast(a.assignment.segment_code as string) as segment_id,
    a.assignment.distance,
    a.assignment.silhouette,
    a.assignment.map_x,
    a.assignment.map_y,
    a.run_id
from assignments as a
inner join {{ ref('int_customers') }} as c on a.assignment.customer_code = c.customer_code
