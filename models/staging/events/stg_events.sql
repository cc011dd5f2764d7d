-- One row per behaviour event: accepted, up to as_of, each once.
{{ config(materialized='view') }}
select
    t.row_number,
    t.source_name,
    {% for column in canonical_columns('events') if column not in ['customer_id', 'product_id'] %}
    t.{{ column }},
    {% endfor %}
    {{ one_customer('t.customer_id') }} as customer_id,
    {{ one_product('t.product_id') }} as product_id,
    {{ customer_joined_at() }} as customer_joined_at
from {{ ref('stg_events__typed') }} as t {{ join_customers('t.customer_id') }} {{- join_products('t.product_id') }}
anti join {{ ref('stg_events__repeated') }} as r on t.row_number = r.row_number
where
    t.reject_reason is null
    and {{ known_at_as_of('t.occurred_at') }}
