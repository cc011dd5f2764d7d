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
