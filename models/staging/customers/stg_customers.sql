-- One row per customer in the shop's own list: accepted, up to as_of, each once. An erased customer keeps the id alone.
with accepted as (
    select
        t.*,
        w.is_erased,
        w.has_marketing_consent
    from {{ ref('stg_customers__typed') }} as t
    inner join {{ ref('stg_customers__wishes') }} as w on t.customer_id = w.customer_id
    anti join {{ ref('stg_customers__repeated') }} as r on t.row_number = r.row_number
    where
        t.reject_reason is null
        and {{ known_at_as_of('t.created_at') }}
)

select
    row_number,
    customer_id,
    created_at,
    {% for column in ['email', 'phone', 'first_name', 'last_name', 'postal_code', 'gender', 'country', 'city', 'income_band',
                      'acquisition_channel'] %}
    case when not is_erased then {{ column }} end as {{ column }},
    {% endfor %}
    -- nobody is born tomorrow
    case
        when not is_erased and {{ known_at_as_of('cast(birth_date as timestamp)') }} then birth_date
    end as birth_date,
    marketing_consent is true and has_marketing_consent as has_marketing_consent,
    is_erased
from accepted
