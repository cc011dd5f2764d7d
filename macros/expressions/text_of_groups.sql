{# A set of ids as JSON text, sorted, each once: json_set('product_id') over {22697, 22695} -> '["22695","22697"]' #}
{% macro json_set(column) %}
  {{- return(adapter.dispatch('json_set')(column)) -}}
{% endmacro %}

{% macro default__json_set(column) -%}
  cast(to_json(array_sort(array_agg(distinct {{ column }}))) as string)
{%- endmacro %}

{# Texts of a group joined in the order of a key: joined_text('product_name', 'product_id') -> 'Mug + Saucer' #}
{% macro joined_text(column, order_key, separator=' + ') %}
  {{- return(adapter.dispatch('joined_text')(column, order_key, separator)) -}}
{% endmacro %}

{% macro default__joined_text(column, order_key, separator) -%}
  string_agg({{ column }}, '{{ separator }}' order by {{ order_key }} nulls last)
{%- endmacro %}
