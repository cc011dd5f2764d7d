-- One row per customer who consented to marketing and is not erased: e-mail and phone as advertising platforms compare them,
-- hashed. Null where there is none or where it cannot be one: a phone without country code from an unknown country, say.
with consenting as (
    select
        customer_id,
        upper(country) as country,
        lower(translate(email, ' ' || chr(9) || chr(10) || chr(13) || chr(160), '')) as email,
        translate(replace(phone, '(0)', ''), ' ()-./' || chr(9) || chr(160), '') as dialled
    from {{ ref('int_customers') }}
    where
        has_marketing_consent
        and not is_erased
),

international as (
    select
        c.customer_id,
        c.email,
        case
            when c.dialled like '+%' then substr(c.dialled, 2)
            -- a way out of another country, which no country code begins with
            when c.dialled like '0011%' then null
            when c.dialled like '00%' then substr(c.dialled, 3)
            -- the country code without its plus, in a country where numbers begin with something else
            when
                c.dialled like k.calling_code || '%'
                and not c.dialled like k.trunk_prefix || '%'
                and length(c.dialled) >= length(k.calling_code) + 9
                then c.dialled
            when k.trunk_prefix is not null and c.dialled like k.trunk_prefix || '%'
                then k.calling_code || substr(c.dialled, length(k.trunk_prefix) + 1)
            else k.calling_code || c.dialled
        end as digits
    from consenting as c
    left join {{ ref('calling_codes') }} as k on c.country = upper(k.country)
),

valid as (
    select
        customer_id,
        nullif(regexp_extract(email, '^[^@ ]+@[^@ ]+[.][^@ .]+$', 0), '') as email,
        -- E.164: up to fifteen digits, the first is not 0
        nullif(regexp_extract(digits, '^[1-9][0-9]{6,14}$', 0), '') as digits
    from international
)

select
    customer_id,
    {{ sha256_hex('email') }} as email_sha256,
    {{ sha256_hex("'+' || digits") }} as phone_sha256,
    {{ sha256_hex('digits') }} as phone_digits_sha256
from valid
