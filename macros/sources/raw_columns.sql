{# The select list of a part of the raw input: each column as text, null where the files have none. #}
{% macro raw_columns(format, part, names) %}
  {% set columns = [] %}
  {% for column in names %}
    {% set raw_name = part['columns'].get(column) %}
    {% set text = raw_text(format, part, column, raw_name) if raw_name else 'raw_file' if column == 'raw_file' else 'cast(null as string)' %}
    {% do columns.append(text ~ ' as ' ~ column) %}
  {% endfor %}
  {{ return(columns | join(',\n    ')) }}
{% endmacro %}
