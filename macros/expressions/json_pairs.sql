{# A JSON list of keys with their values as a list of records, in which value_of_key finds: json_pairs('params', ['text', 'number'])
   reads '[{"key": "a", "value": {"number": 2}}]' #}
{% macro json_pairs(column, kinds) %}
  {{- return(adapter.dispatch('json_pairs')(column, kinds)) -}}
{% endmacro %}

{% macro default__json_pairs(column, kinds) -%}
  from_json({{ column }}, '[{"key": "VARCHAR", "value": {
    {%- for kind in kinds %}"{{ kind }}": "VARCHAR"{{ ', ' if not loop.last }}{% endfor -%}
  }}]')
{%- endmacro %}

{# The value of the first pair with a key, of whichever kind: value_of_key('pairs', 'a', ['text', 'number']) -> '2' #}
{% macro value_of_key(pairs, key, kinds) %}
  {{- return(adapter.dispatch('value_of_key')(pairs, key, kinds)) -}}
{% endmacro %}

{% macro default__value_of_key(pairs, key, kinds) -%}
  {%- set value = "list_filter(" ~ pairs ~ ", lambda pair: pair.key = '" ~ key ~ "')[1].value" -%}
  coalesce({% for kind in kinds %}({{ value }}).{{ kind }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{# Of self-describing JSON, a list of a schema and its data each, the data of those whose schema has a name, as a JSON list:
   json_data_of('list', 'product') on '[{"schema": "iglu:a.b/product/1-0-0", "data": {"id": 7}}]' -> '[{"id":7}]' #}
{% macro json_data_of(column, name) %}
  {{- return(adapter.dispatch('json_data_of')(column, name)) -}}
{% endmacro %}

{% macro default__json_data_of(column, name) -%}
  cast(to_json(list_transform(list_filter(from_json({{ column }}, '[{"schema": "VARCHAR", "data": "JSON"}]'),
    lambda each: contains(each.schema, '/{{ name }}/')), lambda each: each.data)) as string)
{%- endmacro %}
