-- One row per known person: anyone whom any input names by a customer id.
with customer_ids as (
    select customer_id from {{ ref('stg_people') }}
    union
    select customer_id from {{ ref('int_order_lines') }}
    union
    select customer_id from {{ ref('int_session_events') }}
    union
    select customer_id from {{ ref('int_sessions') }} where not is_bot
    union
    select customer_id from {{ ref('stg_identity_links') }}
    union
    select customer_id from {{ ref('stg_reviews') }}
    union
    select customer_id from {{ ref('stg_support_messages') }}
    union
    select customer_id from {{ ref('stg_touches') }}
    union
    select customer_id from {{ ref('stg_assignments') }}
    union
    select customer_id from {{ ref('stg_coupons') }}
)

select
    i.customer_id,
    cast(row_number() over (order by i.customer_id asc nulls last) as int) as customer_code,
    c.created_at,
    c.email,
    c.phone,
    c.birth_date,
    c.gender,
    c.country,
    c.city,
    c.income_band,
    coalesce(c.has_marketing_consent, false) as has_marketing_consent,
    -- also where none of the rows that say so could be accepted
    coalesce(w.is_erased, false) as is_erased
from customer_ids as i
left join {{ ref('stg_people') }} as c on i.customer_id = c.customer_id
left join {{ ref('stg_wishes') }} as w on i.customer_id = w.customer_id
where i.customer_id is not null
