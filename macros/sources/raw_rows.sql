{# The rows of one raw table as a relation: row_number (bigint, 1-based position in the raw input), the columns of
   raw_layout as text, null where the file has none, and row_defect (`wrong number of fields`, else null). Without the
   table, and at parse time, it has no rows.
   raw_rows('order_lines') -> (select row_number() over () as row_number, ... from read_csv('/data/order_lines.csv', ...)) #}
{% macro raw_rows(table_name) %}
  {% set finding = {'paths': [], 'columns': {}} %}
  {% if execute %}
    {% set finding = fromjson(ask_plugin('find_raw_table', raw_input_request([table_name]))) %}
  {% endif %}
  {% set columns = [] %}
  {% for column in raw_layout(source_system())['tables'][table_name] | map('replace', '*', '') %}
    {% set raw_name = finding['columns'].get(column) %}
    {% do columns.append((raw_text(finding, column, raw_name) if raw_name else 'cast(null as string)') ~ ' as ' ~ column) %}
  {% endfor %}
  {% set columns = columns | join(',\n    ') %}
  {% if not finding['columns'] %}
    {{ return('(select cast(null as bigint) as row_number, ' ~ columns
              ~ ', cast(null as string) as row_defect where false)') }}
  {% elif finding['format'] == 'csv' %}
    {{ return(raw_csv(finding, columns)) }}
  {% endif %}
  {{ return(raw_parquet(finding, columns)) }}
{% endmacro %}
