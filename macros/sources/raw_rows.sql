{# The rows of one raw table as a relation: row_number (bigint, 1-based position in the raw input), the columns of
   raw_tables as text, null where the file has none, and row_defect (`wrong number of fields`, else null). Without the
   table, and at parse time, it has no rows.
   raw_rows('order_lines') -> (select row_number() over () as row_number, ... from (select ... from read_csv(...))) #}
{% macro raw_rows(table_name) %}
  {% set finding = {'parts': [], 'format': ''} %}
  {% if execute %}
    {% set finding = fromjson(ask_plugin('find_raw_table', raw_input_request([table_name]))) %}
  {% endif %}
  {% set names = raw_tables(source_system()).get(table_name, {}).get('columns', {}) | map('replace', '*', '') | list %}
  {% set selects = [] %}
  {% for part in finding.get('parts', []) %}
    {% set columns = raw_columns(finding['format'], part, names) %}
    {% if finding['format'] == 'parquet' %}
      {{ return(raw_parquet(part, columns)) }}
    {% endif %}
    {% do selects.append(raw_csv(part, columns) if finding['format'] == 'csv' else raw_json(part, columns)) %}
  {% endfor %}
  {% if not selects %}
    {{ return('(select cast(null as bigint) as row_number, ' ~ raw_columns('', {'columns': {}}, names)
              ~ ', cast(null as string) as row_defect where false)') }}
  {% endif %}
  {{ return('(\n  select row_number() over () as row_number, *\n  from (\n  ' ~ selects | join('\n  union all\n  ') ~ '\n  )\n)') }}
{% endmacro %}

{# The select list of a part of the raw input: each column as text, null where the files have none. #}
{% macro raw_columns(format, part, names) %}
  {% set columns = [] %}
  {% for column in names %}
    {% set raw_name = part['columns'].get(column) %}
    {% do columns.append((raw_text(format, part, column, raw_name) if raw_name else 'cast(null as string)') ~ ' as ' ~ column) %}
  {% endfor %}
  {{ return(columns | join(',\n    ')) }}
{% endmacro %}
