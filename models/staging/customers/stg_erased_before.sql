-- One row per customer id in any input whom an earlier build, or `customer-insight erase`, has erased: what an older file still
-- knows of the person is forgotten again. Ids are found by a keyed hash; nothing is hashed where nobody has been erased.
with erased as (
    select unnest({{ erased_keys() }}) as erasure_key
),

ids as (
    {% for table_name in tables_of_people() %}
    select customer_id from {{ ref('stg_' ~ table_name ~ '__typed') }} where {{ has_erased_keys() }}
    {{ 'union' if not loop.last }}
    {% endfor %}
),

keys as (
    {% for id in erasure_ids('customer_id') %}
    select
        customer_id,
        {{ erasure_key(id) }} as erasure_key
    from ids
    where customer_id is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select distinct k.customer_id
from keys as k
inner join erased as e on k.erasure_key = e.erasure_key
