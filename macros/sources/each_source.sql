{# What a model of a system says, for each of the sources that this run reads of it, one below the other: its body is written for one
   shop, and is called with it. Of several each row gets its source. A call may name several systems.
   {% call(source) each_source('acme') %} select … from {{ raw_rows('sales', source) }} {% endcall %} #}
{% macro each_source(systems) %}
  {%- set found = sources_of(systems) -%}
  {%- if found | length == 1 -%}
{{ caller(found[0]) }}
  {%- else -%}
    {%- for source in found %}
select {{ sql_text(source['name']) }} as source_name, of_source.*
from (
{{ caller(source) }}
) as of_source
{{ 'union all' if not loop.last }}
    {%- endfor -%}
  {%- endif -%}
{% endmacro %}

{# The rows of another model of the system that are of the same source.
   `systems`: of those that the model is written for, where they are several.
   of_source(ref('src_acme__orders'), source) -> (select * exclude (source_name) from … where source_name = 'acme:north') #}
{% macro of_source(relation, source, systems=none) %}
  {% if sources_of(systems or source['system']) | length == 1 %}
    {{ return(relation) }}
  {% endif %}
  {{ return('(select * exclude (source_name) from ' ~ relation ~ ' where source_name = ' ~ sql_text(source['name']) ~ ')') }}
{% endmacro %}
