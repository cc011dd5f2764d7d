-- One row per customer who consented to marketing, is not erased and has a telephone number: the number as written, and the
-- country as an ISO code where its spelling is known.
select
    c.customer_code,
    c.phone,
    coalesce(s.country, c.country) as country
from {{ ref('int_customers') }} as c
left join {{ ref('country_spellings') }} as s on upper(c.country) = s.spelling
where
    c.phone is not null
    and c.has_marketing_consent
    and not c.is_erased
