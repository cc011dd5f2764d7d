-- One row per customer id and order of a tracker that another source has as well, from the first such order on: the clue is whom
-- the tracker says bought.
with same_orders as (
    select t.*
    from {{ ref('stg_told_orders') }} as t
    inner join {{ ref('stg_sources_told_elsewhere') }} as e on t.source_name = e.source_name and t.other_source = e.other_source
    where
        t.customer_id is not null
        and t.same_customer_id is not null
        and {{ known_at_as_of('t.ordered_at') }}
)

{% for column in ['customer_id', 'same_customer_id'] %}
select
    {{ column }} as customer_id,
    customer_id as clue,
    min(order_id) as evidence,
    min(ordered_at) as known_at
from same_orders
group by {{ ['customer_id', column] | unique | join(', ') }}
{{ 'union all' if not loop.last }}
{% endfor %}
