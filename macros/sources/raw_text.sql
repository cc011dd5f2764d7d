{# One column of a raw file as text. An empty field of a csv is null. A Parquet column is written as the engine writes its
   type (UTC for zoned times); an id that came as a float, as pandas makes of whole numbers with gaps, loses its `.0`.
   raw_text(finding, 'customer_id', 'Customer ID') -> cast(raw."Customer ID" as string) #}
{% macro raw_text(finding, column, raw_name) %}
  {% set at = finding['header'].index(raw_name) %}
  {% if finding['format'] == 'csv' %}
    {{ return("nullif(c" ~ (at + 1) ~ ", '')") }}
  {% endif %}
  {% set quoted = 'raw."' ~ raw_name.replace('"', '""') ~ '"' %}
  {% set text = 'cast(' ~ quoted ~ ' as string)' %}
  {% if finding['types'][at] in ['binary', 'large_binary'] %}
    {{ return('coalesce(try(decode(' ~ quoted ~ ')), ' ~ text ~ ')') }}
  {% elif finding['types'][at] in ['float', 'double', 'halffloat'] and column.endswith('_id') %}
    {{ return("regexp_replace(" ~ text ~ ", '[.]0$', '')") }}
  {% endif %}
  {{ return(text) }}
{% endmacro %}

{# A text as an SQL literal: sql_text("it's") -> 'it''s' #}
{% macro sql_text(text) %}
  {{ return("'" ~ text.replace("'", "''") ~ "'") }}
{% endmacro %}
