-- One row per customer in the shop's own list: accepted, up to as_of, each once. An erased customer keeps the id alone.
with accepted as (
    select
        t.*,
        t.erased_at is not null and {{ known_at_as_of('t.erased_at') }} as is_erased
    from {{ ref('stg_customers__typed') }} as t
    anti join {{ ref('stg_customers__repeated') }} as r on t.row_number = r.row_number
    where
        t.reject_reason is null
        and {{ known_at_as_of('t.created_at') }}
)

select
    row_number,
    customer_id,
    created_at,
    {% for column in ['email', 'phone', 'birth_date', 'gender', 'country', 'city', 'income_band'] %}
    case when not is_erased then {{ column }} end as {{ column }},
    {% endfor %}
    marketing_consent is true and not is_erased as has_marketing_consent,
    is_erased
from accepted
