{# The rows of several sources, each source's numbers in a range of its own, since a row is known by its number. #}
{% macro numbered_apart(rows) %}
  {{ return('select rows_of_sources.* replace (row_number + ' ~ place_of_source('source_name') ~ ' * ' ~ rows_of_a_source() ~ ' as row_number)\nfrom (\n'
            ~ rows ~ '\n) as rows_of_sources') }}
{% endmacro %}

{# More rows than any source has. #}
{% macro rows_of_a_source() %}
  {{ return(1000000000000000) }}
{% endmacro %}

{# The place of a row in its own source, for people: row_in_source('r.row_number') on 2000000000000007 -> 7 #}
{% macro row_in_source(column) -%}
  {{ column ~ ' % ' ~ rows_of_a_source() if sources() | length > 1 else column }}
{%- endmacro %}

{# Whether a row is of a source, by its number: is_row_of(source) -> row_number between 1000000000000000 and 1999999999999999 #}
{% macro is_row_of(source) -%}
  {%- set place = (sources() | map(attribute='name') | list).index(source['name']) -%}
  {{ 'true' if sources() | length == 1
     else 'row_number between ' ~ place * rows_of_a_source() ~ ' and ' ~ ((place + 1) * rows_of_a_source() - 1) }}
{%- endmacro %}

{# The model of a system that an input table would come from. own_model_of_input('events', 'rees46') -> 'src_rees46__events' #}
{% macro own_model_of_input(table_name, system) %}
  {{ return('src_' ~ system ~ '__' ~ table_name) }}
{% endmacro %}
