{# What a column's texts look like, in one pass: counts for a select list, from which stg_column_readings decides. Six of each
   column, `<column>__<count>`; what they count depends on its type. #}
{% macro measures_of_columns(table_name) %}
  {% set measures = [] %}
  {% for column, type in column_types(table_name).items() if type in readable_types() %}
    {% for name, measure in measures_of(column, type).items() %}
      {% do measures.append(measure ~ ' as ' ~ column ~ '__' ~ name) %}
    {% endfor %}
  {% endfor %}
  {{ return(measures | join(',\n        ')) }}
{% endmacro %}

{# Types whose texts can be read in several ways, so that a column has to be looked at as a whole. #}
{% macro readable_types() %}
  {{ return(['time', 'date', 'number', 'id']) }}
{% endmacro %}
