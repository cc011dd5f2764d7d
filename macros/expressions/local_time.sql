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
