{# An id with its source before it, where there are several, so that ids of different systems never meet. One that bears the name of
   a source already, as results do that come back and tables of links, stays; so does what readers know in the place of an address.
   qualified_id('customer_id') on 'C7' of ga4 -> 'ga4:C7'; on 'shopify:C7' -> 'shopify:C7' #}
{% macro qualified_id(column) -%}
  {%- if sources() | length == 1 -%}
  {{ column }}
  {%- else -%}
  case
    when {{ column }} is null{% for source in sources() %} or {{ is_id_of(column, source) }}{% endfor %}
      or regexp_matches({{ column }}, '^id-[0-9a-f]{32}$') then {{ column }}
    else source_name || ':' || {{ column }}
  end
  {%- endif -%}
{%- endmacro %}

{# Whether an id bears the name of a source: is_id_of('o.order_id', source) -> substr(o.order_id, 1, 4) = 'ga4:' #}
{% macro is_id_of(column, source) -%}
  substr({{ column }}, 1, {{ source['name'] | length + 1 }}) = {{ sql_text(source['name'] ~ ':') }}
{%- endmacro %}
