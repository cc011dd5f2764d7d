{# Those of one system, or of several: sources_of('shopify') -> [{'name': 'shopify:uk', …}, {'name': 'shopify:us', …}] #}
{% macro sources_of(systems) %}
  {{ return(sources() | selectattr('system', 'in', [systems] if systems is string else systems) | list) }}
{% endmacro %}

{# Whether this run reads a system, or one of several: reads('shopify') -> True #}
{% macro reads(systems) %}
  {{ return(sources_of(systems) | length > 0) }}
{% endmacro %}

{# The systems that are read, each once, in order. #}
{% macro systems() %}
  {{ return(sources() | map(attribute='system') | unique | list) }}
{% endmacro %}
