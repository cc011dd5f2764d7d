-- One row per person in the shop's lists: of several ids that are one person the first that knows something says it. An erased
-- person keeps the id alone.
with rows_of_people as (
    select
        {{ one_customer('c.customer_id') }} as person_id,
        {{ place_of_id('c.customer_id') }} as place,
        c.*
    from {{ ref('stg_customers') }} as c {{ join_customers('c.customer_id') }}
)

select
    r.person_id as customer_id,
    min(r.created_at) as created_at,
    {% for column in ['email', 'phone', 'birth_date', 'gender', 'country', 'city', 'income_band', 'acquisition_channel'] %}
    case when not w.is_erased then min_by(r.{{ column }}, r.place) filter (where r.{{ column }} is not null) end as {{ column }},
    {% endfor %}
    w.has_marketing_consent and bool_or(r.has_marketing_consent) as has_marketing_consent,
    w.is_erased
from rows_of_people as r
inner join {{ ref('stg_wishes') }} as w on r.person_id = w.customer_id
group by r.person_id, w.has_marketing_consent, w.is_erased
