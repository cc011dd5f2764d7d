-- One row: the shop's last whole day, after which demand is forecast. The day of as_of itself is whole when it has ended by then,
-- and where as_of is its midnight: then times are bare dates, and all of the day is known.
select
    c.first_day,
    case
        when {{ shop_day('a.as_of') }} > a.last_day then a.last_day
        when date_trunc('day', {{ local_time('a.as_of') }}) = {{ local_time('a.as_of') }} then a.last_day
        else cast(a.last_day - interval '1 day' as date)
    end as last_whole_day
from {{ ref('stg_as_of') }} as a
cross join {{ ref('int_calendar') }} as c
