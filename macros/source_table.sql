{# The rows of one canonical table in the chosen source system: all canonical columns as text, row_number and row_defect.
   A source folder without a model for the table has it empty: `source_tables` in dbt_project.yml says which it has.
   source_table('events') -> "warehouse"."sources"."src_demo__events" #}
{% macro source_table(table_name) %}
  {% if table_name in var('source_tables')[source_system()] %}
    {{ return(ref('src_' ~ source_system() ~ '__' ~ table_name)) }}
  {% endif %}
  {% set columns = [] %}
  {% for column in canonical_columns(table_name) %}
    {% do columns.append('cast(null as string) as ' ~ column) %}
  {% endfor %}
  {{ return('(select cast(null as bigint) as row_number, cast(null as string) as row_defect, ' ~ columns | join(', ') ~ ' where false)') }}
{% endmacro %}
