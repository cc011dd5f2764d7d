{# Whether this run may find that two ids are one customer: by links, by orders that two sources tell, by a setting. #}
{% macro joins_customers() %}
  {{ return(sources() | length > 1 or var('join_people_by') is not none or some_source_has('customer_links')) }}
{% endmacro %}

{# The same of products. #}
{% macro joins_products() %}
  {{ return(sources() | length > 1 or var('join_products_by') is not none or some_source_has('product_links')) }}
{% endmacro %}

{% macro some_source_has(table_name) %}
  {% set found = [] %}
  {% for system in systems() if table_name in var('source_tables').get(system, []) %}
    {% do found.append(system) %}
  {% endfor %}
  {{ return(found | length > 0) }}
{% endmacro %}

{# The id of the person or product that an id stands for; needs join_customers(…) or join_products(…) behind the FROM.
   one_customer('t.customer_id') -> coalesce(customer_joins.customer_id, t.customer_id) #}
{% macro one_customer(column) -%}
  {{ 'coalesce(customer_joins.customer_id, ' ~ column ~ ')' if joins_customers() else column }}
{%- endmacro %}

{% macro one_product(column) -%}
  {{ 'coalesce(product_joins.product_id, ' ~ column ~ ')' if joins_products() else column }}
{%- endmacro %}

{# By what customers are joined besides links, as a list. #}
{% macro ways_to_join_customers() %}
  {% set ways = var('join_people_by') %}
  {{ return([] if ways is none else [ways] if ways is string else ways) }}
{% endmacro %}
