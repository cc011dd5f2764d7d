-- One row per customer who consented to marketing and is not erased: e-mail and phone as advertising platforms compare them,
-- hashed. Null where there is none, where it is not certain which it is, and where it is not one person's: an office's
-- address, or one that many customers have.
with thresholds as (
    select
        max(case when rule = 'shared_email' then at_least end) as shared_email,
        max(case when rule = 'shared_phone' then at_least end) as shared_phone
    from {{ ref('suspicion_rules') }}
),

phones as (
    select
        customer_code,
        e164,
        count(*) over (partition by e164) as customers
    from {{ ref('ml_customer_phones') }}
),

personal as (
    select
        c.customer_id,
        case when e.functional_part is null and e.customers < t.shared_email then e.email end as email,
        case when p.customers < t.shared_phone then p.e164 end as phone
    from {{ ref('int_customers') }} as c
    cross join thresholds as t
    left join {{ ref('int_customer_emails') }} as e on c.customer_id = e.customer_id
    left join phones as p on c.customer_code = p.customer_code
    where
        c.has_marketing_consent
        and not c.is_erased
)

select
    customer_id,
    {{ sha256_hex('email') }} as email_sha256,
    {{ sha256_hex('phone') }} as phone_sha256,
    {{ sha256_hex('substr(phone, 2)') }} as phone_digits_sha256
from personal
