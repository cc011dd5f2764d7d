-- One row per address, telephone number, tracker's customer or device that several customers share and that therefore joins
-- nobody.
select
    c.joined_by as kind,
    case when c.joined_by in ('email', 'phone') then {{ published_id('c.clue') }} else c.clue end as id,
    cast(c.customers as bigint) as customers,
    c.not_joined_because as reason
from {{ ref('stg_customer_clues') }} as c
where c.not_joined_because is not null
union all
select
    'device' as kind,
    visitor_id as id,
    customers,
    'so many customers were seen on it that it tells nothing of who is there' as reason
from {{ ref('int_shared_visitors') }}
