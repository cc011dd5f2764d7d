-- One row per customer id in the shop's list, from all its rows, also those that were refused, repeat another or came after
-- as_of, and per id that has been erased before: whether the person is erased, was asked about marketing, and said yes at last.
-- What a row says of it counts whatever else cannot be read, for a person's wish does not wait for a clean export.
with rows_of_customers as (
    select
        row_number,
        customer_id,
        erased_at,
        coalesce(has_unread_erasure, false) as has_unread_erasure,
        coalesce(marketing_consent, false) and row_defect is null as is_consenting,
        marketing_consent is not null as is_asked,
        updated_at
    from {{ ref('stg_customers__typed') }}
    where customer_id is not null
    union all
    -- erased by an earlier build: for good, whatever an older file says
    select
        -1 as row_number,
        customer_id,
        timestamp '1971-01-01' as erased_at,
        false as has_unread_erasure,
        false as is_consenting,
        false as is_asked,
        cast(null as timestamp) as updated_at
    from {{ ref('stg_erased_before') }}
),

-- an export may be in order of change without saying so: both orders have to agree
last_words as (
    select
        customer_id,
        is_consenting
    from rows_of_customers
    qualify
        row_number() over (partition by customer_id order by row_number desc nulls last) = 1
        or row_number() over (
            partition by customer_id order by updated_at desc nulls last, row_number desc nulls last
        ) = 1
),

consents as (
    select
        customer_id,
        bool_and(is_consenting) as is_consenting
    from last_words
    group by customer_id
),

erasures as (
    select
        customer_id,
        bool_or(erased_at is not null) as is_erased,
        bool_or(has_unread_erasure) as is_in_doubt,
        bool_or(is_asked) as was_asked
    from rows_of_customers
    group by customer_id
)

select
    e.customer_id,
    e.is_erased,
    -- who may have asked to be erased, at a time that cannot be read, is not written to
    c.is_consenting and not e.is_erased and not e.is_in_doubt as has_marketing_consent,
    e.was_asked,
    e.is_in_doubt
from erasures as e
inner join consents as c on e.customer_id = c.customer_id
