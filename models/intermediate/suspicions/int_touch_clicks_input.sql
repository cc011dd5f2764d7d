-- One row per customer whom nobody erased and who was shown something, as a number: how much, what of it was clicked on, and
-- what within two seconds. What was clicked before it was shown was not.
with shown as (
    select
        c.customer_code,
        t.shown_at,
        case when t.clicked_at >= t.shown_at then t.clicked_at end as clicked_at
    from {{ ref('stg_touches') }} as t
    inner join {{ ref('int_customers') }} as c on t.customer_id = c.customer_id
    where not c.is_erased
)

select
    s.customer_code,
    count(*) as shown,
    count(s.clicked_at) as clicked,
    count(*) filter (where {{ seconds_between('s.shown_at', 's.clicked_at') }} <= 2) as clicked_at_once,
    cast({{ seconds_between('max(s.clicked_at)', 'a.as_of') }} / 86400 as double) as age_days
from shown as s
cross join {{ ref('stg_as_of') }} as a
group by s.customer_code, a.as_of
