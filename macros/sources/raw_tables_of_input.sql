{# The raw tables of the source system that are an input table already, by name. raw_tables_of_input('events') -> ['web', 'app'] #}
{% macro raw_tables_of_input(table_name) %}
  {% set names = [] %}
  {% for name, raw_table in raw_tables(source_system()).items() if raw_table.get('input_table') == table_name %}
    {% do names.append(name) %}
  {% endfor %}
  {{ return(names) }}
{% endmacro %}

{# Their rows, one table's after the other's, numbered through. raw_rows_of_input('events') -> (select …) as raw_rows #}
{% macro raw_rows_of_input(table_name) %}
  {% set names = raw_tables_of_input(table_name) %}
  {% if names | length == 1 %}
    {{ return(raw_rows(names[0]) ~ ' as raw_rows') }}
  {% endif %}
  {% set parts = [] %}
  {% for name in names %}
    {% do parts.append('select ' ~ loop.index ~ ' as raw_table, raw_rows.* from ' ~ raw_rows(name) ~ ' as raw_rows') %}
  {% endfor %}
  {% set number = 'row_number() over (order by raw_table asc nulls last, row_number asc nulls last) as row_number' %}
  {{ return('(select ' ~ number ~ ', * exclude (raw_table, row_number) from (\n' ~ parts | join('\nunion all by name\n') ~ '\n)) as raw_rows') }}
{% endmacro %}
