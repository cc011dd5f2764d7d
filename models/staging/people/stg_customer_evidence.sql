-- One row per customer id and clue that it may share with others: a link of the input, an order that two sources tell, an e-mail
-- address, a telephone number, like names. `evidence` is what may be published of it; `known_at` is null for always.
with addresses as (
    select
        customer_id,
        {{ email_address('email') }} as email
    from {{ ref('stg_customers') }}
    union
    -- an id may be an address
    select
        own_id as customer_id,
        {{ email_address(unqualified_id('own_id')) }} as email
    from {{ ref('stg_published_ids') }}
),

same_orders as (
    select t.*
    from {{ ref('stg_told_orders') }} as t
    inner join {{ ref('stg_sources_told_elsewhere') }} as e on t.source_name = e.source_name and t.other_source = e.other_source
    where
        t.customer_id is not null
        and t.same_customer_id is not null
        and {{ known_at_as_of('t.ordered_at') }}
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
    union all
    {% endfor %}
    -- the clue is who the tracker says bought
    {% for column in ['customer_id', 'same_customer_id'] %}
    select
        {{ column }} as customer_id,
        'order' as joined_by,
        customer_id as clue,
        min(order_id) as evidence,
        min(ordered_at) as known_at
    from same_orders
    group by {{ ['customer_id', column] | unique | join(', ') }}
    union all
    {% endfor %}
    select
        customer_id,
        'email' as joined_by,
        email as clue,
        {{ published_id('email') }} as evidence,
        cast(null as timestamp) as known_at
    from addresses
    where {{ 'email is not null' if 'email' in ways_to_join_customers() else 'false' }}
    union all
    select
        i.customer_id,
        'phone' as joined_by,
        p.e164 as clue,
        {{ published_id('p.e164') }} as evidence,
        cast(null as timestamp) as known_at
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
