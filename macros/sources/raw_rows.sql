{# The rows of one raw table of a source as a relation: row_number (bigint, 1-based position in the raw input), the columns of
   raw_tables as text, null where the file has none, and row_defect (`wrong number of fields`, else null). Without the
   table, and at parse time, it has no rows. Of what stands in several files (`last_file_of`) the last file's rows are left.
   Where the table says `with_file`, its rows have raw_file too, the path of their file.
   raw_rows('order_lines', source) -> (select row_number() over () as row_number, ... from (select ... from read_csv(...))) #}
{% macro raw_rows(table_name, source) %}
  {% set described = raw_tables(source['system']).get(table_name, {}) %}
  {% set names = described.get('columns', {}) | map('replace', '*', '') | list %}
  {% set finding = raw_finding(table_name, source) %}
  {% if not finding['parts'] %}
    {{ return('(select cast(null as bigint) as row_number, ' ~ raw_columns('', {'columns': {}}, names)
              ~ (', cast(null as string) as raw_file' if described.get('with_file') else '')
              ~ ', cast(null as string) as row_defect where false)') }}
  {% endif %}
  {% if finding['entries'] %}
    {{ return(mapped_rows(described['input_table'], finding, names, source)) }}
  {% endif %}
  {% set is_whole = 'last_file_of' in described and finding['paths'] | length > 1 %}
  {% set rows = rows_of_files(finding, names + (['raw_file'] if is_whole or described.get('with_file') else [])) %}
  {{ return(rows_of_last_file(rows, described['last_file_of']) if is_whole else rows) }}
{% endmacro %}

{# The rows of a raw table's files, with `columns`; raw_file is the path of the file. #}
{% macro rows_of_files(finding, columns) %}
  {% set selects = [] %}
  {% for part in finding['parts'] %}
    {% set select_list = raw_columns(finding['format'], part, columns) %}
    {% if finding['format'] == 'parquet' %}
      {{ return(raw_parquet(part, select_list)) }}
    {% endif %}
    {% do selects.append(raw_csv(part, select_list) if finding['format'] == 'csv' else raw_json(part, select_list)) %}
  {% endfor %}
  {{ return('(\n  select row_number() over () as row_number, *\n  from (\n  ' ~ selects | join('\n  union all\n  ') ~ '\n  )\n)') }}
{% endmacro %}
