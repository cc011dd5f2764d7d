{# Text without the blanks around it; an empty text is no value.
   clean_text('customer_id') on '  C1 ' -> 'C1', on '  ' -> null #}
{% macro clean_text(column) %}
  {{- return(adapter.dispatch('clean_text')(column)) -}}
{% endmacro %}

{% macro default__clean_text(column) -%}
  {# trim with a set of characters takes eight times as long as looking at both ends, and few texts need it #}
  {%- set blanks = ['chr(32)', 'chr(9)', 'chr(10)', 'chr(13)', 'chr(160)'] -%}
  case
    when {{ column }} between '!' and '~'
      {%- for blank in blanks %} and not ends_with({{ column }}, {{ blank }}){% endfor %} then {{ column }}
    else nullif(trim({{ column }}, {{ blanks | join(' || ') }}), '')
  end
{%- endmacro %}

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

{# Named values as one JSON text: json_row(['order_id', 'quantity']) -> '{"order_id":"A1","quantity":"2"}' #}
{% macro json_row(columns, relation) %}
  {{- return(adapter.dispatch('json_row')(columns, relation)) -}}
{% endmacro %}

{% macro default__json_row(columns, relation) -%}
  cast(json_object({% for column in columns %}'{{ column }}', {{ relation }}.{{ column }}{{ ', ' if not loop.last }}{% endfor %}) as string)
{%- endmacro %}

{# SHA-256 of a text as 64 hex digits in lower case: sha256_hex("'a'") -> 'ca978112…' #}
{% macro sha256_hex(column) %}
  {{- return(adapter.dispatch('sha256_hex')(column)) -}}
{% endmacro %}

{% macro default__sha256_hex(column) -%}
  sha256({{ column }})
{%- endmacro %}
