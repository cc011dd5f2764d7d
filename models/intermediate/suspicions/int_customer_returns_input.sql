-- One row per customer with a known number whom nobody erased: orders of which something was kept or came back, those of which
-- half or more came back, and late, and how many would have if they were like all others who chose from these categories. Late is
-- later than eight in ten. An order is one, however many things it held: who sends one back whole has changed their mind once.
with categories as (
    select
        category,
        count(*) as choices,
        count(*) filter (where is_back) as returned,
        sum(count(*) filter (where is_back)) over () as all_returned,
        sum(count(*)) over () as all_choices
    from {{ ref('int_choices') }}
    group by category
),

-- few choices say little of a category: the shop's own share counts as twenty
rates as (
    select
        category,
        {{ ratio('(returned + 20 * ' ~ ratio('all_returned', 'all_choices') ~ ')', '(choices + 20)') }} as share
    from categories
),

usual as (
    select percentile_cont(0.8) within group (order by kept_days asc nulls last) as late_from
    from {{ ref('int_choices') }}
    where kept_days > 0
),

orders as (
    select
        h.customer_id,
        h.order_id,
        2 * count(*) filter (where h.is_back) >= count(*) as is_back,
        {{ ratio(exact_sum('r.share'), 'count(*)') }} as share,
        max(h.kept_days) as kept_days,
        max(h.back_at) as back_at
    from {{ ref('int_choices') }} as h
    inner join rates as r on h.category = r.category
    group by h.customer_id, h.order_id
)

select
    c.customer_code,
    count(*) as orders,
    count(*) filter (where o.is_back) as returned,
    {{ exact_sum('o.share') }} as expected,
    count(*) filter (where o.kept_days > 0) as dated_returns,
    count(*) filter (where o.kept_days > u.late_from) as late_returns,
    cast({{ seconds_between('max(o.back_at)', 'a.as_of') }} / 86400 as double) as age_days
from orders as o
inner join {{ ref('int_customers') }} as c on o.customer_id = c.customer_id
cross join usual as u
cross join {{ ref('stg_as_of') }} as a
where not c.is_erased
group by c.customer_code, a.as_of
