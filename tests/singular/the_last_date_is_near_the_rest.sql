{{ config(severity='warn') }}
-- The last day with an order or a visit is at most 30 days after the one before it. A typing error such as 2099 would
-- make itself the "now" of everything: set as_of, or mend the row.
with active_days as (
    select distinct {{ shop_day('ordered_at') }} as active_on from {{ ref('orders') }}
    union
    select distinct {{ shop_day('ended_at') }} as active_on from {{ ref('sessions') }}
),

with_previous as (
    select
        active_on,
        lag(active_on) over (order by active_on asc nulls last) as previous_on,
        row_number() over (order by active_on desc nulls last) as days_from_last
    from active_days
)

select
    active_on,
    previous_on
from with_previous
where
    days_from_last = 1
    and {{ whole_days_between('previous_on', 'active_on') }} > 30
