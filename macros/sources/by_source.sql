{# The source of the rows that an aggregate is made of; needs by_source() behind it. Where there is one source, its name, and nothing
   is grouped: so nobody pays for it, and of no rows there is still one answer. source_of_rows() -> source_name #}
{% macro source_of_rows() -%}
  {{ sql_text(sources()[0]['name']) if sources() | length == 1 else 'source_name' }}
{%- endmacro %}

{% macro by_source() -%}
  {{ 'group by source_name' if sources() | length > 1 }}
{%- endmacro %}

{# Whether a row is of a source: true where it is the only one. is_of_source(source) -> source_name = 'ga4' #}
{% macro is_of_source(source) -%}
  {{ 'true' if sources() | length == 1 else "source_name = " ~ sql_text(source['name']) }}
{%- endmacro %}
