{# An id as it is called in a source that the row names: id_of_source('source_product_id', 'source_system') on 'P7' of 'ga4' -> 'ga4:P7' #}
{% macro id_of_source(column, source_system) -%}
  {%- set own, prefix = column ~ '_own', source_system ~ " || ':'" -%}
  {{ column ~ '_read' if sources() | length == 1
     else 'case when position(' ~ prefix ~ ' in ' ~ own ~ ') = 1 then ' ~ own ~ ' else ' ~ prefix ~ ' || ' ~ own ~ ' end' }}
{%- endmacro %}
