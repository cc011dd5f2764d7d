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
  {% set types = finding['types'][at].split('|') %}
  {% if 'binary' in types or 'large_binary' in types %}
    {{ return('coalesce(try(decode(cast(' ~ quoted ~ ' as blob))), ' ~ text ~ ')') }}
  {% elif column.endswith('_id') and ('double' in types or 'float' in types) %}
    {{ return("regexp_replace(" ~ text ~ ", '[.]0$', '')") }}
  {% endif %}
  {{ return(text) }}
{% endmacro %}

{# A text as an SQL literal: sql_text("it's") -> 'it''s' #}
{% macro sql_text(text) %}
  {{ return("'" ~ text.replace("'", "''") ~ "'") }}
{% endmacro %}
