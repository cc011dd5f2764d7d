-- One row: the first and the last day of the shop's calendar. It ends with as_of and begins with the shop's first order or
-- visit, unless more than three years without either follow: then it begins after that pause. A shop that goes on does not
-- pause so long, and a day in year 1 or 1970, which systems write for none, would make hundreds of thousands of days.
with active_days as (
    select {{ shop_day('ordered_at') }} as active_on from {{ ref('int_orders') }} where is_sale and ordered_at is not null
    union
    select {{ shop_day('started_at') }} as active_on from {{ ref('int_sessions') }} where not is_bot
),

with_previous as (
    select
        active_on,
        lag(active_on) over (order by active_on asc nulls last) as previous_on
    from active_days
)

select
    max(w.active_on) filter (where coalesce(w.previous_on < w.active_on - interval '3 years', true)) as first_day,
    max(a.last_day) as last_day
from {{ ref('stg_as_of') }} as a
left join with_previous as w on true
