{# True unless the time is after as_of; a row without a time is not in the future. #}
{% macro known_at_as_of(column) -%}
  coalesce({{ column }} <= (select a.as_of from {{ ref('stg_as_of') }} as a), true)
{%- endmacro %}

{# The setting as_of as a timestamp, or what is given where it is not set: as_of_setting('9999-12-31') #}
{% macro as_of_setting(otherwise=none) -%}
  {%- set instant = var('as_of') if var('as_of') is not none else otherwise -%}
  cast({{ "'" ~ instant ~ "'" if instant is not none else 'null' }} as timestamp)
{%- endmacro %}
