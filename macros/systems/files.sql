{# The input tables themselves, each in files of its name, with the columns as we call them; or made of files as a mapping.yml
   beside them says. #}
{% macro files_raw_tables() %}
  {% set tables = {} %}
  {% for table_name in canonical_tables() %}
    {% set columns = {} %}
    {% for column in input_table(table_name)['columns'] %}
      {% do columns.update({column: column.replace('*', '')}) %}
    {% endfor %}
    {% do tables.update({table_name: {
      'input_table': table_name, 'needed': table_name in ['order_lines', 'events'], 'columns': columns,
      'may_be_mapped': true,
    }}) %}
  {% endfor %}
  {{ return(tables) }}
{% endmacro %}
