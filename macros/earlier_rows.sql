{# Rows that an earlier run left in a table that is looked up in the warehouse when the model runs, not a ref: what comes
   later in this run may so be read as it was before. A typed relation, empty where there is no such table yet; rows of
   this source only. earlier_rows('int_segment_history', {'segment_id': 'string', 'centre': 'double'}) #}
{% macro earlier_rows(model_name, columns) %}
  {%- set relation = adapter.get_relation(this.database, this.schema, model_name) if execute -%}
  {%- if relation -%}
    (select as_of, {{ columns | join(', ') }} from {{ relation }} where source_system = '{{ source_system() }}')
  {%- else -%}
    (
      select cast(null as timestamp) as as_of
        {%- for name, type in columns.items() %}, cast(null as {{ type }}) as {{ name }}{% endfor %}
      where false
    )
  {%- endif -%}
{% endmacro %}
