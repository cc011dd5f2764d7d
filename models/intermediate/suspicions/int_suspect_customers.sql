-- One row per customer who is left out of all that is learned and of effects, since when: the day on which the last thing
-- happened that speaks for it; as_of where that is not known, or the shop's people say so. On the past nobody is left out
-- before it.
select
    i.id as customer_id,
    min(coalesce(i.known_at, a.as_of)) as suspected_at
from {{ ref('int_suspicions') }} as i
cross join {{ ref('stg_as_of') }} as a
where
    i.kind = 'customer'
    and i.leaves_out = 'all'
group by i.id
