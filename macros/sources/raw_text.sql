{# One column of a raw file as text. An empty field of a csv is null; an id that was kept from a spreadsheet as ="00123" is 00123. A Parquet column is written as the engine writes its type
   (UTC for zoned times); records, and lists of them or of texts, become JSON, as in json lines. An id that came as a float, as
   pandas makes of whole numbers with gaps, loses its `.0`; a number with three decimals gets a fourth, so that nobody takes its
   point for a thousands separator. raw_text('parquet', part, 'customer_id', 'Customer ID') -> cast(raw."Customer ID" as string) #}
{% macro raw_text(format, part, column, raw_name) %}
  {% set at = part['header'].index(raw_name) %}
  {% if format == 'csv' and column.endswith('_id') %}
    {{ return("case when c" ~ (at + 1) ~ " like '=\"%\"' then nullif(substr(c" ~ (at + 1) ~ ", 3, length(c" ~ (at + 1) ~ ") - 3), '') else nullif(c" ~ (at + 1) ~ ", '') end") }}
  {% elif format == 'csv' %}
    {{ return("nullif(c" ~ (at + 1) ~ ", '')") }}
  {% endif %}
  {% set quoted = 'raw."' ~ raw_name.replace('"', '""') ~ '"' %}
  {% set text = 'cast(' ~ quoted ~ ' as string)' %}
  {% set types = part['types'][at] %}
  {% if 'struct<' in types or 'map<' in types or ('list<' in types and 'string' in types) %}
    {{ return('cast(to_json(' ~ quoted ~ ') as string)') }}
  {% elif 'binary' in types %}
    {{ return('coalesce(try(decode(cast(' ~ quoted ~ ' as blob))), ' ~ text ~ ')') }}
  {% elif column.endswith('_id') and ('double' in types or 'float' in types) %}
    {{ return("regexp_replace(" ~ text ~ ", '[.]0$', '')") }}
  {% elif 'double' in types or 'float' in types or 'decimal' in types %}
    {{ return("case when " ~ text ~ " like '%.___' then " ~ text ~ " || '0' else " ~ text ~ " end") }}
  {% endif %}
  {{ return(text) }}
{% endmacro %}

{# A text as an SQL literal: sql_text("it's") -> 'it''s' #}
{% macro sql_text(text) %}
  {{ return("'" ~ text.replace("'", "''") ~ "'") }}
{% endmacro %}
