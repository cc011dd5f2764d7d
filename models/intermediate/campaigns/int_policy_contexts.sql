-- One row per customer and day on which something was about to be shown: of which department (first level of the category) they
-- had bought and looked at most until the day before, purchases counting most as in recommendations, and how often they had
-- bought anything, up to 3 times. Who had done nothing has no row.
with contexts as (
    select distinct
        person_code,
        context_age_days
    from {{ ref('int_shown_products') }}
    where person_code > 0
),

doings as (
    select
        c.person_code,
        c.context_age_days,
        d.department_code,
        cast(sum(10 * i.purchases + 4 * i.carts + i.views) as bigint) as points,
        count(*) filter (where i.purchases > 0) as purchases
    from contexts as c
    inner join {{ ref('int_interaction_days_input') }} as i
        on c.person_code = i.customer_code and c.context_age_days < i.age_days
    inner join {{ ref('int_policy_departments') }} as d on i.product_code = d.product_code
    group by c.person_code, c.context_age_days, d.department_code
)

select
    person_code,
    context_age_days,
    -- most points, then the lowest code, as one number: a window over millions of contexts takes five times as long
    99999 - cast(max(points * 100000 + 99999 - department_code) % 100000 as int) as department_code,
    cast(least(sum(purchases), 3) as int) as activity
from doings
group by person_code, context_age_days
