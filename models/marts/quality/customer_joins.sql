-- One row per customer id and piece of evidence by which it is the same person as others.
with people as (
    select
        c.*,
        coalesce(j.customer_id, c.customer_id) as person_id,
        j.joined_at
    from {{ ref('stg_customer_codes') }} as c
    left join {{ ref('stg_customer_joins') }} as j on c.customer_id = j.own_customer_id
),

-- a clue of people who were born on different days joins nobody
with_clue as (
    select
        *,
        min(person_id) over (partition by clue_code) = max(person_id) over (partition by clue_code) as is_of_one
    from people
)

select
    person_id as customer_id,
    customer_id as own_customer_id,
    {{ source_of_id('customer_id') }} as source_system,
    joined_by,
    coalesce(evidence, 'a link of the input') as evidence,
    min(known_at) as known_at,
    max(joined_at) as joined_at
from with_clue
where is_of_one
group by all
