-- One row per address, telephone number, tracker's customer or device that several customers share and that therefore joins
-- nobody, and per customer whom a link names and nothing else.
select
    c.joined_by as kind,
    case when c.joined_by in ('email', 'phone') then {{ published_id('c.clue') }} else c.clue end as id,
    cast(c.customers as bigint) as customers,
    c.not_joined_because as reason
from {{ ref('stg_customer_clues') }} as c
where c.not_joined_because is not null
union all
select
    c.joined_by as kind,
    c.evidence as id,
    count(*) as customers,
    'over others it would join people who were born on different days' as reason
from {{ ref('stg_customer_codes') }} as c
left join {{ ref('stg_customer_joins') }} as j on c.customer_id = j.own_customer_id
where c.joined_by in ('email', 'phone')
group by c.joined_by, c.evidence, c.clue_code
having min(coalesce(j.customer_id, c.customer_id)) < max(coalesce(j.customer_id, c.customer_id))
union all
select
    'device' as kind,
    visitor_id as id,
    customers,
    'so many customers were seen on it that it tells nothing of who is there' as reason
from {{ ref('int_shared_visitors') }}
union all
select distinct
    'link' as kind,
    l.customer_id as id,
    cast(0 as bigint) as customers,
    'a link names it, and no other table of the input: is it spelled as there, with its source before it?' as reason
from (
    {% for column in ['customer_id', 'same_as_customer_id'] %}
    select {{ column }} as customer_id from {{ ref('stg_customer_links') }}
    {{ 'union' if not loop.last }}
    {% endfor %}
) as l
anti join {{ ref('stg_linked_customers') }} as n on l.customer_id = n.customer_id
