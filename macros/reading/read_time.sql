{# Text -> UTC timestamp, null where it is not a time. A time without a zone is in the setting time_zone; `reading` says what
   decides for the whole column: the order of day and month, the unit of plain numbers (stg_column_readings). Models of a system
   say of which `source` their rows are.
   read_time('x', 'r.x') on '2024-07-01T10:00:00+01:00', '2023-05-31 23:06:04 -0700' -> 09:00 and 06:06:04 the next day #}
{% macro read_time(column, reading, source=none) %}
  {{- return(adapter.dispatch('read_time')(column, reading, source)) -}}
{% endmacro %}

{% macro default__read_time(column, reading, source) -%}
  case
    {# as nearly all are written: read without looking for anything else #}
    when {{ column }} like '____-__-__ __:__:__'
      then {{ from_time_zone("try_cast(" ~ column ~ " as timestamp)", source) }}
    when regexp_matches({{ column }}, '^[0-9]+([.][0-9]+)?$') and {{ reading }} like '%since%'
      then {{ time_of_number(column, reading, source) }}
    {%- if zones_of(source) != ['UTC'] %}
    when {{ minutes_ahead(column) }} is null then {{ from_time_zone(local_time_of_text(column, reading), source) }}
    {%- endif %}
    else {{ local_time_of_text(column, reading) }} - coalesce({{ minutes_ahead(column) }}, 0) * interval '1 minute'
  end
{%- endmacro %}

{# Text -> date, null where it is not one; a time of day is left away. read_date('birth_date', 'r.x') on '1985-02-30' -> null #}
{% macro read_date(column, reading) -%}
  case
    when regexp_matches({{ column }}, '^[0-9]+([.][0-9]+)?$') and {{ reading }} like '%since%'
      then cast({{ time_of_number(column, reading) }} as date)
    else try_cast({{ date_of_text(column, reading) }} as date)
  end
{%- endmacro %}
