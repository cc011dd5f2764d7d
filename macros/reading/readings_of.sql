{# How each column of a table is read, a row for each source: joined as `reading`, a text for each column or null, which is the
   usual way. #}
{% macro readings_of(table_name) -%}
  (
    select
      {{ 'r.source_name' if sources() | length > 1 else "'all'" }} as of_source,
      {%- for column, type in column_types(table_name).items() if type in readable_types() %}
      max(case when r.column_name = '{{ column }}' then r.reading end) as {{ column }}{{ ',' if not loop.last }}
      {%- endfor %}
    from {{ ref('stg_column_readings') }} as r
    where r.source_table = '{{ table_name }}'
    {{ by_source() }}
  )
{%- endmacro %}

{# How a column is read, in a model that has readings_of(…) joined as `reading`. #}
{% macro reading_of(column) %}
  {{- return('reading.' ~ column) -}}
{% endmacro %}
