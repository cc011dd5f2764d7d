{# The id of a customer as the file of erasures has it: a keyed hash that no published id is. erasure_key('customer_id') #}
{% macro erasure_key(column) -%}
  {%- set inner = sha256_hex(id_key() ~ " || ':erased:' || " ~ column) -%}
  {{ sha256_hex(id_key() ~ " || ':erased:' || " ~ inner) }}
{%- endmacro %}

{# The ids by which a customer is erased: where there is one source also the id that it has beside others, which stands behind the
   name of its source, so that nobody comes back when a second source is added or is left out again. #}
{% macro erasure_ids(column) %}
  {{ return([column] + ([sql_text(sources()[0]['name'] ~ ':') ~ ' || ' ~ column] if sources() | length == 1 else [])) }}
{% endmacro %}

{# Who has been erased by an earlier build or by `customer-insight erase`, as a list: a variable of the connection. #}
{% macro erased_keys() %}
  {{- return(adapter.dispatch('erased_keys')()) -}}
{% endmacro %}

{% macro default__erased_keys() -%}
  getvariable('erased_keys')
{%- endmacro %}

{# Whether there is anybody among them. #}
{% macro has_erased_keys() %}
  {{- return(adapter.dispatch('has_erased_keys')()) -}}
{% endmacro %}

{% macro default__has_erased_keys() -%}
  len(getvariable('erased_keys')) > 0
{%- endmacro %}
