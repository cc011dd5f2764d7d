{# The columns of an input table with their types, in order: column_types('identity_links')
   -> {'visitor_id': 'id', 'customer_id': 'id', 'linked_at': 'time'} #}
{% macro column_types(table_name) %}
  {% set types = {} %}
  {% for column in canonical_tables()[table_name].replace('*', '').split() %}
    {% do types.update({column.split(':')[0]: column.split(':')[1]}) %}
  {% endfor %}
  {{ return(types) }}
{% endmacro %}

{# canonical_columns('identity_links', 'v.') -> ['v.visitor_id', 'v.customer_id', 'v.linked_at'] #}
{% macro canonical_columns(table_name, prefix='') %}
  {% set columns = [] %}
  {% for column in column_types(table_name) %}
    {% do columns.append(prefix ~ column) %}
  {% endfor %}
  {{ return(columns) }}
{% endmacro %}

{# needed_columns('identity_links') -> ['visitor_id', 'customer_id'] #}
{% macro needed_columns(table_name) %}
  {% set columns = [] %}
  {% for column in canonical_tables()[table_name].split() if column.endswith('*') %}
    {% do columns.append(column.split(':')[0]) %}
  {% endfor %}
  {{ return(columns) }}
{% endmacro %}
