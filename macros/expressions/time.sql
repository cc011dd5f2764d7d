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
