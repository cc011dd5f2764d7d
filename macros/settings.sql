{# The source system that this run reads: the environment decides over the var, so that one shell setting serves every
   command. #}
{% macro source_system() %}
  {{ return(env_var('CUSTOMER_INSIGHT_SOURCE', '') or var('source_system')) }}
{% endmacro %}

{# File or folder of the raw data; '' where none is set. #}
{% macro raw_path() %}
  {{ return(env_var('CUSTOMER_INSIGHT_RAW', '') or var('raw_path')) }}
{% endmacro %}

{# Whether an order that waits for its payment is a sale: the setting; no where it says nothing. #}
{% macro pending_is_sale() %}
  {{ return(var('pending_is_sale') or false) }}
{% endmacro %}

{# The zone of times that carry none: the setting, else that of the source system, macro <system>_time_zone(), else UTC. #}
{% macro time_zone() %}
  {% set own = source_system() ~ '_time_zone' %}
  {{ return(var('time_zone') or (context[own]() if own in context else 'UTC')) }}
{% endmacro %}

{# The zone of the shop's days, weeks, months and habits. #}
{% macro calendar_time_zone() %}
  {{ return(var('calendar_time_zone') or time_zone()) }}
{% endmacro %}

{# A custom schema is the schema: `shop.customers`, not `main_shop.customers`. #}
{% macro generate_schema_name(custom_schema_name, node) %}
  {{ return(custom_schema_name or target.schema) }}
{% endmacro %}
