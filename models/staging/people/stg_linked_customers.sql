-- One row per customer id that a link names, and some other table of the input as well: a link to nobody joins nobody.
with linked as (
    select customer_id from {{ ref('stg_customer_links') }}
    union
    select same_as_customer_id as customer_id from {{ ref('stg_customer_links') }}
)

{% for table_name in tables_of_people() if table_name != 'customer_links' %}
select l.customer_id
from linked as l
semi join {{ ref('stg_' ~ table_name ~ '__typed') }} as t on l.customer_id = t.customer_id
{{ 'union' if not loop.last }}
{% endfor %}
