{# An id with its source before it, where there are several, so that ids of different systems never meet. One that bears the name of
   a source already, as results do that come back and tables of links, stays; so does what readers know in the place of an address.
   qualified_id('customer_id') on 'C7' of ga4 -> 'ga4:C7'; on 'shopify:C7' -> 'shopify:C7' #}
{% macro qualified_id(column) -%}
  {%- if sources() | length == 1 -%}
  {{ column }}
  {%- else -%}
  case
    when {{ column }} is null{% for source in sources() %} or starts_with({{ column }}, {{ sql_text(source['name'] ~ ':') }}){% endfor %}
      or regexp_matches({{ column }}, '^id-[0-9a-f]{32}$') then {{ column }}
    else source_system || ':' || {{ column }}
  end
  {%- endif -%}
{%- endmacro %}
