{# Ids that are e-mail addresses or telephone numbers are published as a keyed hash; a plain hash would be the one that
   advertising platforms know, and whoever has the address could find it. published_id('own_id') -> 'id-94209b8d…' #}
{% macro published_id(column) -%}
  {%- set inner = sha256_hex(id_key() ~ " || ':' || " ~ column) -%}
  'id-' || substr({{ sha256_hex(id_key() ~ " || ':' || " ~ inner) }}, 1, 32)
{%- endmacro %}

{# The secret, a variable of the connection that the plugin sets: so it stands in no SQL and in no log. #}
{% macro id_key() %}
  {{- return(adapter.dispatch('id_key')()) -}}
{% endmacro %}

{% macro default__id_key() -%}
  getvariable('id_key')
{%- endmacro %}

{# An id that may come back as readers were given it, as the shop wrote it. Needs join_own_ids(['customer_id']). #}
{% macro own_id(column) -%}
  coalesce({{ column }}_published.own_id, {{ column }})
{%- endmacro %}

{# The joins behind own_id, after a FROM; free where no id is an address. The table has no column of the ids' names. #}
{% macro join_own_ids(columns) -%}
  {%- for column in columns %}
left join {{ ref('stg_published_ids') }} as {{ column }}_published
  on {{ column if sources() | length == 1 else column | replace('_read', '_own') }} = {{ column }}_published.published_id
  {%- endfor %}
{%- endmacro %}
