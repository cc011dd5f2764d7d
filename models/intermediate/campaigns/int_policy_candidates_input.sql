-- One row per occasion and product that was ever shown on it with a known probability: what a policy may choose from. All as
-- numbers; department 0 where its category is not known.
select distinct
    s.occasion_code,
    s.product_code,
    coalesce(d.department_code, 0) as department_code
from {{ ref('int_shown_products') }} as s
left join {{ ref('int_policy_departments') }} as d on s.product_code = d.product_code
where s.propensity is not null
