{# A text where it is JSON, else null: nothing below stops at a text that is none. valid_json("'[1'") -> null #}
{% macro valid_json(column) %}
  {{- return(adapter.dispatch('valid_json')(column)) -}}
{% endmacro %}

{% macro default__valid_json(column) -%}
  case when json_valid({{ column }}) then {{ column }} end
{%- endmacro %}

{# What a JSON object has at a path, as text: json_field("'{\"a\": {\"b\": 1.5}}'", 'a.b') -> '1.5' #}
{% macro json_field(column, path) %}
  {{- return(adapter.dispatch('json_field')(column, path)) -}}
{% endmacro %}

{% macro default__json_field(column, path) -%}
  json_extract_string({{ column }}, '$.{{ path }}')
{%- endmacro %}

{# The objects of a JSON list as a list of JSON texts: json_objects("'[{\"a\":1},{\"a\":2}]'") -> ['{"a":1}', '{"a":2}'] #}
{% macro json_objects(column) %}
  {{- return(adapter.dispatch('json_objects')(column)) -}}
{% endmacro %}

{% macro default__json_objects(column) -%}
  cast(json_extract({{ column }}, '$[*]') as string[])
{%- endmacro %}
