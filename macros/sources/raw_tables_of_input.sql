{# The raw tables of a system that are an input table already, by name. raw_tables_of_input('events', 'acme') -> ['web', 'app'] #}
{% macro raw_tables_of_input(table_name, system) %}
  {% set names = [] %}
  {% for name, raw_table in raw_tables(system).items() if raw_table.get('input_table') == table_name %}
    {% do names.append(name) %}
  {% endfor %}
  {{ return(names) }}
{% endmacro %}

{# Their rows, one table's after the other's, numbered through. raw_rows_of_input('events', source) -> (select …) as raw_rows #}
{% macro raw_rows_of_input(table_name, source) %}
  {% set names = raw_tables_of_input(table_name, source['system']) %}
  {% if names | length == 1 %}
    {{ return(raw_rows(names[0], source) ~ ' as raw_rows') }}
  {% endif %}
  {% set parts = [] %}
  {% for name in names %}
    {% do parts.append('select ' ~ loop.index ~ ' as raw_table, raw_rows.* from ' ~ raw_rows(name, source) ~ ' as raw_rows') %}
  {% endfor %}
  {% set number = 'row_number() over (order by raw_table asc nulls last, row_number asc nulls last) as row_number' %}
  {{ return('(select ' ~ number ~ ', * exclude (raw_table, row_number) from (\n' ~ parts | join('\nunion all by name\n') ~ '\n)) as raw_rows') }}
{% endmacro %}
