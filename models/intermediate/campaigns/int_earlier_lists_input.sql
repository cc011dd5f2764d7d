-- One row per campaign and customer who was shown products in it with a known probability, as numbers: for whom lists are made
-- as recommendations would have made them the day before it began.
select distinct
    occasion_code,
    person_code as customer_code,
    context_age_days
from {{ ref('int_shown_products') }}
where
    propensity is not null
    and occasion_code > 0
    and person_code > 0
    -- where nothing has a date nobody knows what was known before
    and context_age_days is not null
