{# UTC timestamp -> the time on the shop's clock, without a zone: the setting calendar_time_zone, or else time_zone.
   local_time('ordered_at') on 2024-07-02 01:30:00 in America/Los_Angeles -> 2024-07-01 18:30:00 #}
{% macro local_time(column) -%}
  {%- set zone = calendar_time_zone() -%}
  {{- column if zone == 'UTC' else adapter.dispatch('local_time')(column, zone) -}}
{%- endmacro %}

{% macro default__local_time(column, zone) -%}
  timezone('{{ zone }}', timezone('UTC', {{ column }}))
{%- endmacro %}

{# The way back: a time on the shop's clock -> UTC timestamp #}
{% macro from_local_time(column) -%}
  {%- set zone = calendar_time_zone() -%}
  {{- column if zone == 'UTC' else adapter.dispatch('from_local_time')(column, zone) -}}
{%- endmacro %}

{% macro default__from_local_time(column, zone) -%}
  timezone('UTC', timezone('{{ zone }}', {{ column }}))
{%- endmacro %}

{# The day of the shop in which an instant lies, UTC timestamp -> date #}
{% macro shop_day(column) -%}
  cast({{ local_time(column) }} as date)
{%- endmacro %}

{# Days of the shop from the one of an instant to its last day, both dates' midnights apart: 0 on the last day itself.
   shop_days_ago('ordered_at', 'a.last_day') #}
{% macro shop_days_ago(column, last_day) -%}
  cast({{ whole_days_between("cast(" ~ shop_day(column) ~ " as timestamp)", "cast(" ~ last_day ~ " as timestamp)") }} as int)
{%- endmacro %}

{# The instant, UTC, at which all is known of the shop but its last so many days: where a window of the past begins.
   shop_cut_at('a.last_day', 30) in Europe/Berlin, the last day being 2024-07-31 -> 2024-07-01 22:00:00 #}
{% macro shop_cut_at(last_day, days) -%}
  {{ from_local_time("(cast(" ~ last_day ~ " as timestamp) + interval '1 day' * (1 - cast(" ~ days ~ " as bigint)))") }}
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
