-- One row per customer id and clue that it may share with others: a link of the input, an order that two sources tell, an e-mail
-- address, a telephone number, like names. `evidence` is what may be published of it; `known_at` is null for always.
with addresses as (
    select
        customer_id,
        {{ email_address('email') }} as email,
        created_at
    from {{ ref('stg_customer_contacts') }}
    union all
    -- an id may be an address
    select
        own_id as customer_id,
        {{ email_address(unqualified_id('own_id')) }} as email,
        cast(null as timestamp) as created_at
    from {{ ref('stg_published_ids') }}
),

clues as (
    {% for column in ['customer_id', 'same_as_customer_id'] %}
    select
        {{ column }} as customer_id,
        'link' as joined_by,
        cast(row_number as string) as clue,
        evidence,
        linked_at as known_at
    from {{ ref('stg_customer_links') }}
    where
        customer_id in (select l.customer_id from {{ ref('stg_linked_customers') }} as l)
        and same_as_customer_id in (select l.customer_id from {{ ref('stg_linked_customers') }} as l)
    union all
    {% endfor %}
    select
        customer_id,
        'order' as joined_by,
        clue,
        evidence,
        known_at
    from {{ ref('stg_order_evidence') }}
    union all
    select
        customer_id,
        'email' as joined_by,
        email as clue,
        {{ published_id('email') }} as evidence,
        min(created_at) as known_at
    from addresses
    where {{ 'email is not null' if 'email' in ways_to_join_customers() else 'false' }}
    group by customer_id, email
    union all
    select
        i.customer_id,
        'phone' as joined_by,
        p.e164 as clue,
        {{ published_id('p.e164') }} as evidence,
        i.created_at as known_at
    from {{ ref('stg_customer_phones') }} as p
    inner join {{ ref('stg_customer_phones_input') }} as i on p.customer_code = i.customer_code
    where {{ 'true' if 'phone' in ways_to_join_customers() else 'false' }}
    {% for column in ['customer_id', 'same_as_customer_id'] %}
    union all
    -- each pair is a clue of its own
    select
        {{ column }} as customer_id,
        'name' as joined_by,
        customer_id || ' ' || same_as_customer_id as clue,
        cast(cast(probability as decimal(4, 3)) as string) as evidence,
        cast(null as timestamp) as known_at
    from {{ ref('stg_customer_names') }}
    {% endfor %}
)

select * from clues
