-- One row per product that was shown with a known probability: who saw it, where, what came of it, and what was known of them
-- before; all as numbers, 0 for what nobody knows.
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
    cast(coalesce(c.activity, 0) as int) as activity
from {{ ref('int_shown_products') }} as s
left join {{ ref('int_policy_contexts') }} as c
    on s.person_code = c.person_code and s.context_age_days = c.context_age_days
where s.propensity is not null
