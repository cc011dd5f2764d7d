{{ config(severity='warn') }}
-- No row was refused that came after an accepted one of the same key: it may have been meant to correct it, and the outdated
-- row is in force. quality.rejected_rows has both reason and row.
{% set keys = {
    'order_lines': ['order_id', 'line_number'], 'events': ['event_id'], 'customers': ['customer_id'], 'products': ['product_id'],
    'reviews': ['review_id'], 'support_messages': ['message_id'], 'touches': ['touch_id'],
} %}
{% for table_name, key in keys.items() %}
select
    '{{ table_name }}' as source_table,
    b.row_number
from {{ ref('stg_' ~ table_name ~ '__typed') }} as b
inner join {{ ref('stg_' ~ table_name) }} as a
    on
        a.row_number < b.row_number
        {% for column in key %}
        and a.{{ column }} = b.{{ column }}
        {% endfor %}
where b.reject_reason is not null
{{ 'union all' if not loop.last }}
{% endfor %}
