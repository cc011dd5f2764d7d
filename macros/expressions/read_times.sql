{# Text -> UTC timestamp, null where it is not a time. A time without a zone is in the setting time_zone.
   to_utc('x') on '2024-07-01T10:00:00+01:00' -> 2024-07-01 09:00:00 #}
{% macro to_utc(column) %}
  {{- return(adapter.dispatch('to_utc')(column)) -}}
{% endmacro %}

{% macro default__to_utc(column) -%}
  {# four digits come first: the engine would also read 'infinity', 'epoch' and the year 20250 #}
  {%- set zoned = "cast(try_cast(" ~ column ~ " as timestamptz) as timestamp)" -%}
  case
    when {{ column }} < '0' or {{ column }} >= ':' or substring({{ column }}, 5, 1) between '0' and '9' then null
  {%- if var('time_zone') != 'UTC' %}
    when not regexp_matches({{ column }}, ':[0-9.]+ *([A-Za-z]|[+-][0-9])')
      then cast(timezone('{{ var("time_zone") }}', try_cast({{ column }} as timestamp)) as timestamp)
  {%- else %}
    {#- 2024-07-01 10:00:00, as nearly all are: no room for a zone, and read four times as fast without one #}
    when length({{ column }}) = 19 and substring({{ column }}, 17, 1) = ':' then try_cast({{ column }} as timestamp)
  {%- endif %}
    else {{ zoned }}
  end
{%- endmacro %}

{# Text -> date, null where it is not one. to_date('birth_date') on '1985-02-30' -> null #}
{% macro to_date(column) -%}
  case when substring({{ column }}, 5, 1) not between '0' and '9' and {{ column }} between '0' and ':' then try_cast({{ column }} as date) end
{%- endmacro %}
