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

{# A text in which every match of a pattern is left out: replace_all("'1 234'", '[^0-9]') -> '1234' #}
{% macro replace_all(column, pattern, by='') %}
  {{- return(adapter.dispatch('replace_all')(column, pattern, by)) -}}
{% endmacro %}

{% macro default__replace_all(column, pattern, by) -%}
  regexp_replace({{ column }}, '{{ pattern }}', '{{ by }}', 'g')
{%- endmacro %}

{# Whether a text holds a digit, in half the time of a regular expression: has_digit("'GUEST'") -> false #}
{% macro has_digit(column) %}
  {{- return(adapter.dispatch('has_digit')(column)) -}}
{% endmacro %}

{% macro default__has_digit(column) -%}
  {{ column }} glob '*[0-9]*'
{%- endmacro %}
