{# How each column of a table is read, one row: joined as `reading`, a text for each column or null, which is the usual way. #}
{% macro readings_of(table_name) -%}
  (
    select
      {%- for column, type in column_types(table_name).items() if type in readable_types() %}
      max(case when r.column_name = '{{ column }}' then r.reading end) as {{ column }}{{ ',' if not loop.last }}
      {%- endfor %}
    from {{ ref('stg_column_readings') }} as r
    where r.source_table = '{{ table_name }}'
  )
{%- endmacro %}

{# How a column is read, in a model that has readings_of(…) joined as `reading`. #}
{% macro reading_of(column) %}
  {{- return('reading.' ~ column) -}}
{% endmacro %}

{# Every column of `cleaned` by its type, as `<column>_read` beside the text; texts alone stay what they are. #}
{% macro read_columns(table_name) %}
  {% set columns = [] %}
  {% for column, type in column_types(table_name).items() if type not in ['text', 'status'] %}
    {% set text, reading = 'cleaned.' ~ column, reading_of(column) %}
    {% set value = {
      'id': read_id(column, text, reading), 'time': read_time(text, reading), 'date': read_date(text, reading),
      'number': read_number(text, reading, number_type(column)), 'whole': read_whole(text), 'flag': read_flag(text), 'vector': read_vector(text),
    }[type] %}
    {% if plain_value(column, type) %}
      {% set plain = text ~ '__plain' %}
      {% set is_plain = plain ~ ' is not null' ~ (' and ' ~ reading ~ ' is null' if type == 'number' else '') %}
      {% set value = 'case when ' ~ is_plain ~ ' then ' ~ (from_time_zone(plain) if type == 'time' else plain) ~ ' else ' ~ value ~ ' end' %}
    {% endif %}
    {% do columns.append(value ~ ' as ' ~ column ~ '_read') %}
  {% endfor %}
  {{ return((columns + in_no_row(table_name)) | join(',\n        ')) }}
{% endmacro %}
