-- One row per product that was shown with a known probability: who saw it, where, what came of it, what was known of them
-- before, and which product recommendations would have put in its place; all as numbers, 0 (of products -1) for what nobody
-- knows.
with listed as (
    select distinct occasion_code
    from {{ ref('int_earlier_lists') }}
)

select
    s.touch_code,
    s.person_code,
    s.occasion_code,
    s.product_code,
    coalesce(s.position, 0) as position,
    s.propensity,
    s.is_clicked,
    s.is_converted,
    s.revenue,
    coalesce(c.department_code, 0) as favourite_code,
    cast(coalesce(c.activity, 0) as int) as activity,
    coalesce(l.product_code, -1) as recommended_code,
    o.occasion_code is not null as has_lists
from {{ ref('int_shown_products') }} as s
left join {{ ref('int_policy_contexts') }} as c
    on s.person_code = c.person_code and s.context_age_days = c.context_age_days
left join listed as o on s.occasion_code = o.occasion_code
left join {{ ref('int_earlier_lists') }} as l
    on
        s.occasion_code = l.occasion_code
        and s.person_code = l.customer_code
        and coalesce(s.position, 1) = l.list_rank
where s.propensity is not null
