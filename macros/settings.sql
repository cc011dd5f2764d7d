{# What this run reads, as one text: `shopify`, or of several `shopify:uk+ga4`. #}
{% macro source_system() %}
  {{ return(sources() | map(attribute='name') | join('+')) }}
{% endmacro %}

{# File or folder of the raw data of the only source; '' where none is set. The environment decides over the var, so that one shell
   setting serves every command. #}
{% macro raw_path() %}
  {{ return(env_var('CUSTOMER_INSIGHT_RAW', '') or var('raw_path')) }}
{% endmacro %}

{# A setting that may differ between sources, for one of them: with `time_zone: {square: Europe/Berlin}` it is none for the others. #}
{% macro setting_of_source(name, source) %}
  {% set value = var(name) %}
  {{ return(value.get(source['name']) if value is mapping else value) }}
{% endmacro %}

{# Whether an order that waits for its payment is a sale: the setting; no where it says nothing. #}
{% macro pending_is_sale() %}
  {{ return(var('pending_is_sale') or false) }}
{% endmacro %}

{# The zone of a source's times that carry none: the setting, else that of its system, macro <system>_time_zone(), else UTC. #}
{% macro time_zone(source) %}
  {% set own = source['system'] ~ '_time_zone' %}
  {{ return(setting_of_source('time_zone', source) or (context[own]() if own in context else 'UTC')) }}
{% endmacro %}

{# The zone of the shop's days, weeks, months and habits: the setting, else that of the first source. #}
{% macro calendar_time_zone() %}
  {{ return(var('calendar_time_zone') or time_zone(sources()[0])) }}
{% endmacro %}
