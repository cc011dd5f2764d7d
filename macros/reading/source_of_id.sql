{# The source that an id is of: source_of_id('o.order_id') on 'shopify:uk:1001' -> 'shopify:uk'. Longer names go before shorter ones. #}
{% macro source_of_id(column) -%}
  {%- if sources() | length == 1 -%}
  {{ sql_text(sources()[0]['name']) }}
  {%- else -%}
  case
    {%- for source in sources() | sort(attribute='name', reverse=true) %}
    when {{ is_id_of(column, source) }} then {{ sql_text(source['name']) }}
    {%- endfor %}
  end
  {%- endif -%}
{%- endmacro %}

{# The id as its source wrote it: unqualified_id('customer_id') on 'shopify:uk:C7' -> 'C7' #}
{% macro unqualified_id(column) -%}
  {{ column if sources() | length == 1
     else 'substr(' ~ column ~ ', coalesce(length(' ~ source_of_id(column) ~ ') + 2, 1))' }}
{%- endmacro %}

{# Which of several ids of one person or product is the one that it is known by: the lowest, by the place of its source, the shorter
   before the longer. place_of_id('c.customer_id') -> row(0, length(c.customer_id), c.customer_id) #}
{% macro place_of_id(column) -%}
  row({{ place_of_source(source_of_id(column)) }}, length({{ column }}), {{ column }})
{%- endmacro %}
