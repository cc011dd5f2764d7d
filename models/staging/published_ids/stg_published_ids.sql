-- One row per id of a customer or visitor that is an e-mail address or a telephone number, anywhere in the input: the id as
-- the shop wrote it, an address in small letters, and the one that readers see in its place. Private; it is how results come
-- back to the person.
with suspects as (
    {% for table_name in tables_of_people() %}
    {% set visitor_id = 'visitor_id' if 'visitor_id' in canonical_columns(table_name) else 'cast(null as string)' %}
    select distinct
        source_name,
        {{ 'true' if names_other_sources(table_name) else 'false' }} as may_name_source,
        {{ person_id(clean_text('customer_id')) }} as customer_id,
        {{ person_id(clean_text(visitor_id)) }} as visitor_id
    from {{ ref('src_' ~ table_name) }} as source_rows
    where {{ may_be_contact_like('customer_id') }} or {{ may_be_contact_like(visitor_id) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- bare digits say nothing, unless the customer's own row calls them the telephone number: with or without the country's code
numbered as (
    select
        source_name,
        {{ person_id(clean_text('customer_id')) }} as customer_id,
        regexp_extract(customer_id, '^[^0-9]*0*([0-9]+)[^0-9]*$', 1) as id_digits,
        regexp_extract({{ digits_of('phone') }}, '^0*([0-9]+)$', 1) as phone_digits
    from {{ ref('src_customers') }} as source_rows
),

own_ids as (
    select
        case when may_name_source then {{ qualified_id('customer_id', true) }} else {{ qualified_id('customer_id') }} end
            as own_id
    from suspects where {{ is_contact_like('customer_id') }}
    union
    select {{ qualified_id('visitor_id') }} as own_id from suspects where {{ is_contact_like('visitor_id') }}
    union
    select {{ qualified_id('customer_id') }} as own_id
    from numbered
    where
        length(id_digits) between 8 and 15
        and length(phone_digits) between 8 and 15
        and (phone_digits like '%' || id_digits or id_digits like '%' || phone_digits)
)

select
    own_id,
    {{ published_id('own_id') }} as published_id
from own_ids
