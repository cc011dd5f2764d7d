-- One row per customer with a known number whom nobody erased: what they chose, what of it came back and late, and how much would have if
-- they were like all others who chose from these categories. Late is later than eight in ten.
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
        cast(returned + 20 * {{ ratio('all_returned', 'all_choices') }} as double) / (choices + 20) as share
    from categories
),

usual as (
    select percentile_cont(0.8) within group (order by kept_days asc nulls last) as late_from
    from {{ ref('int_choices') }}
    where kept_days > 0
)

select
    c.customer_code,
    count(*) as choices,
    count(*) filter (where h.is_back) as returned,
    {{ exact_sum('r.share') }} as expected,
    count(*) filter (where h.kept_days > 0) as dated_returns,
    count(*) filter (where h.kept_days > u.late_from) as late_returns,
    cast({{ seconds_between('max(h.back_at)', 'a.as_of') }} / 86400 as double) as age_days
from {{ ref('int_choices') }} as h
inner join rates as r on h.category = r.category
inner join {{ ref('int_customers') }} as c on h.customer_id = c.customer_id
cross join usual as u
cross join {{ ref('stg_as_of') }} as a
where not c.is_erased
group by c.customer_code, a.as_of
