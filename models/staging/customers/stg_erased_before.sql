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
)

select i.customer_id
from ids as i
inner join erased as e on {{ erasure_key('i.customer_id') }} = e.erasure_key
where i.customer_id is not null
