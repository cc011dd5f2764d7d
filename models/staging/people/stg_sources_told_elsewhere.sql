-- One row per source most of whose orders of another source's time that source has as well: a shop's own system beside what
-- tracks its visits. Of several the one with most of them.
with compared as (
    select
        source_name,
        other_source,
        first_at,
        last_at,
        count(*) as orders,
        count(same_order_id) as same_orders
    from {{ ref('stg_told_orders') }}
    group by source_name, other_source, first_at, last_at
)

select
    source_name,
    other_source,
    first_at,
    last_at,
    orders,
    same_orders
from compared
where 2 * same_orders >= orders
qualify row_number() over (
    partition by source_name order by same_orders desc nulls last, {{ place_of_source('other_source') }} asc nulls last
) = 1
