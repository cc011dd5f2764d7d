{# A time on the clock of a zone -> UTC; the hour that the clock shows twice in autumn is its first turn, and the one that it
   leaves out in spring is an hour later. first_turn("timestamp '2024-10-27 02:30:00'", 'Europe/Berlin') -> 00:30 #}
{% macro first_turn(local, zone) %}
  {{- return(adapter.dispatch('first_turn')(local, zone)) -}}
{% endmacro %}

{% macro default__first_turn(local, zone) -%}
  least(
    cast(timezone('{{ zone }}', {{ local }}) as timestamp),
    cast(timezone('{{ zone }}', {{ local }} - interval '1 hour') as timestamp) + interval '1 hour'
  )
{%- endmacro %}
