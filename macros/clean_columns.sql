{# The canonical columns of a table, blanks and empty texts gone, for a select list. #}
{% macro clean_columns(table_name) %}
  {% set columns = [] %}
  {% for column in canonical_columns(table_name) %}
    {% do columns.append(clean_text(column) ~ ' as ' ~ column) %}
  {% endfor %}
  {{ return(columns | join(',\n        ')) }}
{% endmacro %}
