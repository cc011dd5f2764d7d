{# The input tables themselves, each in files of its name, with the columns as we call them; or made of files as a mapping.yml
   beside them says. #}
{% macro files_raw_tables() %}
  {% set tables = {} %}
  {% for table_name in canonical_tables() %}
    {% do tables.update({table_name: dict(files_raw_table(table_name), may_be_mapped=true)}) %}
  {% endfor %}
  {{ return(tables) }}
{% endmacro %}

{# What a shop may put beside the exports of its system: tables that no system has. #}
{% macro tables_beside_exports() %}
  {% set tables = {} %}
  {% for table_name in ['touches', 'campaigns', 'assignments', 'customer_links', 'product_links', 'exchange_rates', 'channel_costs', 'coupons'] %}
    {% do tables.update({table_name: files_raw_table(table_name)}) %}
  {% endfor %}
  {{ return(tables) }}
{% endmacro %}

{# One input table in files of its name. #}
{% macro files_raw_table(table_name) %}
  {% set columns, all_or_none = {}, input_table(table_name).get('all_or_none', []) %}
  {% for column in input_table(table_name)['columns'] %}
    {% set name = column.replace('*', '') %}
    {% do columns.update({name if name in all_or_none else column: name}) %}
  {% endfor %}
  {{ return({
    'input_table': table_name, 'needed': table_name in ['order_lines', 'events'], 'columns': columns, 'all_or_none': all_or_none,
  }) }}
{% endmacro %}
