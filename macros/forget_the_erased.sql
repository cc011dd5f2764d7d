{# Away with the rows of customers who are erased by now. #}
{% macro forget_the_erased() %}
  {%- if execute and load_relation(this) is not none -%}
    delete from {{ this }}
    where
      source_system = '{{ source_system() }}'
      and customer_id in (select c.customer_id from {{ ref('int_customers') }} as c where c.is_erased)
  {%- endif -%}
{% endmacro %}
