{# The input tables that name a customer. tables_of_people() -> ['order_lines', 'events', 'customers', …] #}
{% macro tables_of_people() %}
  {% set tables = [] %}
  {% for table_name in canonical_tables() if 'customer_id' in canonical_columns(table_name) %}
    {% do tables.append(table_name) %}
  {% endfor %}
  {{ return(tables) }}
{% endmacro %}
