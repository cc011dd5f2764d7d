{{ config(severity='warn') }}
-- After the first day with an order or a visit the next comes within a year. Systems write year 1, 1900 or 1970 for no
-- date: mend these rows. Where more than three years follow, shop.activity_daily begins after them.
with active_days as (
    select distinct {{ shop_day('ordered_at') }} as active_on from {{ ref('orders') }} where ordered_at is not null
    union
    select distinct {{ shop_day('started_at') }} as active_on from {{ ref('sessions') }}
)

select
    active_on,
    next_on
from (
    select
        active_on,
        lead(active_on) over (order by active_on asc nulls last) as next_on
    from active_days
) as with_next
where {{ whole_days_between('active_on', 'next_on') }} > 365
