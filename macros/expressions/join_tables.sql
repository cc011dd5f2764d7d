{# The joins behind one_customer and one_product, after a FROM; nothing where no two ids can be one. #}
{% macro join_customers(column) -%}
  {%- if joins_customers() %}
left join {{ ref('stg_customer_joins') }} as customer_joins on {{ column }} = customer_joins.own_customer_id
  {%- endif %}
{%- endmacro %}

{% macro join_products(column) -%}
  {%- if joins_products() %}
left join {{ ref('stg_product_joins') }} as product_joins on {{ column }} = product_joins.own_product_id
  {%- endif %}
{%- endmacro %}

{# Since when the customer that one_customer gives is known to be the person; null for an id that was joined with none. A join without
   a time is known from no time on that is past. #}
{% macro customer_joined_at() -%}
  {{ "case when customer_joins.customer_id is not null then coalesce(customer_joins.joined_at, timestamp '9999-12-31') end"
     if joins_customers() else 'cast(null as timestamp)' }}
{%- endmacro %}
