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

{# The places of a list, 1 to its length; none of an empty one: `select {{ explode(places_of('items')) }} as place from …` #}
{% macro places_of(list) %}
  {{- return(adapter.dispatch('places_of')(list)) -}}
{% endmacro %}

{% macro default__places_of(list) -%}
  range(1, len({{ list }}) + 1)
{%- endmacro %}
