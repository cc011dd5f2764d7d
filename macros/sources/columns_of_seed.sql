{# The canonical columns of a table in the select list of the made shop; those that its seed does not have are null.
   columns_of_seed('identity_links') -> visitor_id, customer_id, linked_at #}
{% macro columns_of_seed(table_name) %}
  {% set absent = {
    'order_lines': ['unit_cost', 'currency'], 'events': ['quantity'], 'customers': ['updated_at'],
    'products': ['updated_at'], 'reviews': ['updated_at'],
  }.get(table_name, []) %}
  {% set columns = [] %}
  {% for column in canonical_columns(table_name) %}
    {% do columns.append('cast(null as string) as ' ~ column if column in absent else column) %}
  {% endfor %}
  {{ return(columns | join(',\n    ')) }}
{% endmacro %}
