{# The source that an id is of: source_of_id('o.order_id') on 'shopify:uk:1001' -> 'shopify:uk' #}
{% macro source_of_id(column) -%}
  {%- if sources() | length == 1 -%}
  {{ sql_text(sources()[0]['name']) }}
  {%- else -%}
  case
    {%- for source in sources() | sort(attribute='name', reverse=true) %}
    when starts_with({{ column }}, {{ sql_text(source['name'] ~ ':') }}) then {{ sql_text(source['name']) }}
    {%- endfor %}
  end
  {%- endif -%}
{%- endmacro %}

{# The id as its source wrote it: unqualified_id('customer_id') on 'shopify:uk:C7' -> 'C7' #}
{% macro unqualified_id(column) -%}
  {%- if sources() | length == 1 -%}
  {{ column }}
  {%- else -%}
  case
    {%- for source in sources() | sort(attribute='name', reverse=true) %}
    when starts_with({{ column }}, {{ sql_text(source['name'] ~ ':') }}) then substr({{ column }}, {{ source['name'] | length + 2 }})
    {%- endfor %}
    else {{ column }}
  end
  {%- endif -%}
{%- endmacro %}
