{# A custom schema is the schema: `shop.customers`, not `main_shop.customers`. #}
{% macro generate_schema_name(custom_schema_name, node) %}
  {{ return(custom_schema_name or target.schema) }}
{% endmacro %}
