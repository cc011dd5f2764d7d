{# One row for each element of a list, in the select list: `select {{ explode('rules') }} as rule from …` #}
{% macro explode(column) %}
  {{- return(adapter.dispatch('explode')(column)) -}}
{% endmacro %}

{% macro default__explode(column) -%}
  unnest({{ column }})
{%- endmacro %}

{# The n-th element, counted from 1; null where the list is shorter: nth_item("split(category, '/')", 2) #}
{% macro nth_item(list, position) %}
  {{- return(adapter.dispatch('nth_item')(list, position)) -}}
{% endmacro %}

{% macro default__nth_item(list, position) -%}
  list_extract({{ list }}, {{ position }})
{%- endmacro %}
