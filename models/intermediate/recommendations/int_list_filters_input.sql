-- One row per filter that is switched on, with its number.
select
    filter_name,
    filter_value
from {{ ref('recommendation_filters') }}
where is_active
