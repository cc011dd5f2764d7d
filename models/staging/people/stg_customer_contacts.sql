-- One row per customer id of the shop's lists with what tells who it is, the last that is known of each, erased people and
-- refused rows included: an erasure has to reach all ids of a person. Used to find the same person, and nowhere else.
select
    customer_id,
    {% for column in ['email', 'phone', 'country', 'birth_date'] %}
    max_by({{ column }}, row_number) filter (where {{ column }} is not null) as {{ column }},
    {% endfor %}
    min(created_at) as created_at
from {{ ref('stg_customers__typed') }}
where
    customer_id is not null
    and row_defect is null
    and {{ known_at_as_of('created_at') }}
group by customer_id
