{# A time on the clock of a zone with its offset from UTC behind it, as text; in the hour that a clock shows twice it is the first
   turn. with_offset('sold_at', 'zone') on 2024-06-01 13:47:01, 'America/Los_Angeles' -> '2024-06-01 13:47:01 -0700' #}
{% macro with_offset(local, zone) %}
  {{- return(adapter.dispatch('with_offset')(local, zone)) -}}
{% endmacro %}

{% macro default__with_offset(local, zone) -%}
  {%- set as_utc = "cast(timezone(" ~ zone ~ ", " ~ local ~ ") as timestamp)" -%}
  {%- set hour_before = "cast(timezone(" ~ zone ~ ", " ~ local ~ " - interval '1 hour') as timestamp) + interval '1 hour'" -%}
  {%- set minutes = "cast(date_diff('minute', least(" ~ as_utc ~ ", " ~ hour_before ~ "), " ~ local ~ ") as int)" -%}
  strftime({{ local }}, '%Y-%m-%d %H:%M:%S')
  || case when {{ minutes }} < 0 then ' -' else ' +' end
  || lpad(cast(cast(floor(abs({{ minutes }}) / 60) as int) * 100 + abs({{ minutes }}) % 60 as string), 4, '0')
{%- endmacro %}
