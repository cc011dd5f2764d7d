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

{# Microseconds since 1970: whole numbers, exact on every engine. #}
{% macro epoch_microseconds(column) %}
  {{- return(adapter.dispatch('epoch_microseconds')(column)) -}}
{% endmacro %}

{% macro default__epoch_microseconds(column) -%}
  epoch_us({{ column }})
{%- endmacro %}

{# Elapsed seconds, with fractions: seconds_between(10:00:00, 10:00:01.5) -> 1.5 #}
{% macro seconds_between(earlier, later) -%}
  (({{ epoch_microseconds(later) }} - {{ epoch_microseconds(earlier) }}) / 1000000.0)
{%- endmacro %}

{# Whole elapsed days: whole_days_between(Monday 23:00, Wednesday 22:00) -> 1 #}
{% macro whole_days_between(earlier, later) -%}
  cast(floor(({{ epoch_microseconds(later) }} - {{ epoch_microseconds(earlier) }}) / 86400000000.0) as bigint)
{%- endmacro %}

{# ISO day of the week, Monday = 1 #}
{% macro iso_weekday(column) %}
  {{- return(adapter.dispatch('iso_weekday')(column)) -}}
{% endmacro %}

{% macro default__iso_weekday(column) -%}
  cast(isodow({{ column }}) as int)
{%- endmacro %}

{# Every day from the first to the last as an array: day_series('2024-01-01', '2024-01-03') has three #}
{% macro day_series(first_day, last_day) %}
  {{- return(adapter.dispatch('day_series')(first_day, last_day)) -}}
{% endmacro %}

{% macro default__day_series(first_day, last_day) -%}
  generate_series({{ first_day }}, {{ last_day }}, interval '1 day')
{%- endmacro %}

{# True unless the time is after as_of; a row without a time is not in the future. #}
{% macro known_at_as_of(column) -%}
  coalesce({{ column }} <= (select a.as_of from {{ ref('int_as_of') }} as a), true)
{%- endmacro %}

{# The setting as_of as a timestamp, or what is given where it is not set: as_of_setting('9999-12-31') #}
{% macro as_of_setting(otherwise=none) -%}
  {%- set instant = var('as_of') if var('as_of') is not none else otherwise -%}
  cast({{ "'" ~ instant ~ "'" if instant is not none else 'null' }} as timestamp)
{%- endmacro %}

{# Text -> date, null where it is not one. to_date('birth_date') on '1985-02-30' -> null #}
{% macro to_date(column) -%}
  case when substring({{ column }}, 5, 1) not between '0' and '9' and {{ column }} between '0' and ':' then try_cast({{ column }} as date) end
{%- endmacro %}
