-- One row per customer id that stands for a person who is known by another: the id of its source, the person's, and since when
-- that is known, null for always.
with codes as (
    select distinct
        code,
        customer_id
    from {{ ref('stg_customer_codes') }}
)

select
    own.customer_id as own_customer_id,
    first_one.customer_id,
    s.joined_at
from {{ ref('stg_customer_sets') }} as s
inner join codes as own on s.code = own.code
inner join codes as first_one on s.first_code = first_one.code
