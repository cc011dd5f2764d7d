-- One row per customer and day on which something was about to be shown: of which department (first level of the category) they
-- had bought and looked at most until the day before, purchases counting most as in recommendations, and how many days they had
-- bought on, up to 3. Who had done nothing has no row.
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
        sum(10 * i.purchases + 4 * i.carts + i.views) as points,
        count(distinct case when i.purchases > 0 then i.age_days end) as bought_days
    from contexts as c
    inner join {{ ref('int_interaction_days_input') }} as i
        on c.person_code = i.customer_code and c.context_age_days < i.age_days
    inner join {{ ref('int_policy_departments') }} as d on i.product_code = d.product_code
    group by c.person_code, c.context_age_days, d.department_code
)

select
    person_code,
    context_age_days,
    department_code,
    least(max(bought_days) over (partition by person_code, context_age_days), 3) as activity
from doings
qualify
    row_number() over (
        partition by person_code, context_age_days
        order by points desc nulls last, department_code asc nulls last
    ) = 1
