{# An id with its source before it, where there are several, so that ids of different systems never meet. In tables that name what
   is in other sources (`may_name_source`) one that bears the name of a source already stays.
   qualified_id('customer_id') on 'C7' of ga4 -> 'ga4:C7'; in a table of links also 'shopify:C7' -> 'shopify:C7' #}
{% macro qualified_id(column, may_name_source=false) -%}
  {%- set named = [] -%}
  {%- for source in sources() if may_name_source -%}
    {%- do named.append(is_id_of(column, source)) -%}
  {%- endfor -%}
  {{ column if sources() | length == 1
     else 'case when ' ~ ([column ~ ' is null'] + named) | join(' or ') ~ ' then ' ~ column ~ " else source_name || ':' || " ~ column ~ ' end' }}
{%- endmacro %}

{# The input tables that name customers and products as results do, those of other sources, too. #}
{% macro names_other_sources(table_name) %}
  {{ return(table_name in ['customer_links', 'product_links', 'touches', 'assignments']) }}
{% endmacro %}

{# Whether an id bears the name of a source: is_id_of('o.order_id', source) -> substr(o.order_id, 1, 4) = 'ga4:' #}
{% macro is_id_of(column, source) -%}
  substr({{ column }}, 1, {{ source['name'] | length + 1 }}) = {{ sql_text(source['name'] ~ ':') }}
{%- endmacro %}
