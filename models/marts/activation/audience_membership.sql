-- One row per audience and customer in it, or taken out of it since the previous as_of.
select
    m.audience,
    m.customer_id,
    m.membership,
    coalesce(k.email_sha256, k.phone_sha256) is not null as is_reachable,
    k.email_sha256,
    k.phone_sha256,
    k.phone_digits_sha256,
    m.previous_at,
    a.as_of
from {{ ref('int_audience_changes') }} as m
cross join {{ ref('stg_as_of') }} as a
left join {{ ref('int_customer_contacts') }} as k on m.customer_id = k.customer_id
