{# The input tables, in order. Each is described in macros/input/<table>.sql: what a row is, and its columns with type and meaning,
   the required ones marked by `*`; `all_or_none` are those of them that may be missing as a whole. Everything that needs to
   know a column asks there: sources, staging, the check of the raw input, docs/input.md. #}
{% macro canonical_tables() %}
  {{ return(['order_lines', 'events', 'customers', 'products', 'reviews', 'support_messages', 'touches', 'campaigns',
             'assignments', 'product_vectors', 'identity_links', 'customer_links', 'product_links', 'exchange_rates',
             'channel_costs', 'coupons']) }}
{% endmacro %}

{# What is said of one of them: input_table('identity_links')['columns']['linked_at'] -> ['time', 'When that was seen first.'] #}
{% macro input_table(table_name) %}
  {{ return(context[table_name ~ '_input']()) }}
{% endmacro %}

{# Its columns with their types, in order: column_types('identity_links')
   -> {'visitor_id': 'id', 'customer_id': 'id', 'linked_at': 'time'} #}
{% macro column_types(table_name) %}
  {% set types = {} %}
  {% for column, described in input_table(table_name)['columns'].items() %}
    {% do types.update({column.replace('*', ''): described[0]}) %}
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
