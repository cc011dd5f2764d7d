{# What of the choice of sources, and of their systems' descriptions, is wrong, a sentence each: check_input stops the run with them,
   and `customer-insight check` says them. source_problems() -> ['acme: the raw table clients is the input table customers, …'] #}
{% macro source_problems() %}
  {% set told = problems_of_sources() %}
  {% for system in systems() %}
    {% do told.extend(problems_of_system(system)) %}
  {% endfor %}
  {{ return(told) }}
{% endmacro %}
