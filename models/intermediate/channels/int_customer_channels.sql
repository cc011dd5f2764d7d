-- One row per customer of whom a touch is known, or of whom the shop's list says it: the channels of the first and of the last.
with touched as (
    select
        person_id as customer_id,
        min(touch_number) as first_number,
        coalesce(max(touch_number) filter (where not is_direct), max(touch_number)) as last_number
    from {{ ref('int_touches') }}
    where known_until is null
    group by person_id
)

select
    coalesce(t.customer_id, a.customer_id) as customer_id,
    coalesce(a.acquisition_channel, f.channel) as first_channel,
    l.channel as last_channel
from touched as t
inner join {{ ref('int_touches') }} as f on t.customer_id = f.person_id and t.first_number = f.touch_number
inner join {{ ref('int_touches') }} as l on t.customer_id = l.person_id and t.last_number = l.touch_number
full outer join {{ ref('int_acquisition_channels') }} as a on t.customer_id = a.customer_id
