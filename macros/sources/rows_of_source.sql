{# An input table as the source system has it: row_number, all its columns as text, row_defect. It comes from the first of these
   that there is: the raw tables that are this input table already, a seed of the made shop, the system's own model. A column that
   the system does not have is null, and a table that it does not have (`source_tables` in dbt_project.yml) is empty.
   rows_of_source('events') -> select … where false union all by name select * from src_rees46__events #}
{% macro rows_of_source(table_name) %}
  {% set system = source_system() %}
  {% set columns = [] %}
  {% for column in canonical_columns(table_name) %}
    {% do columns.append('cast(null as string) as ' ~ column) %}
  {% endfor %}
  {% set no_row = 'select cast(null as bigint) as row_number, ' ~ columns | join(', ') ~ ', cast(null as string) as row_defect where false' %}
  {% if table_name not in var('source_tables')[system] %}
    {{ return(no_row) }}
  {% elif raw_tables_of_input(table_name) %}
    {% set rows = raw_rows_of_input(table_name) %}
  {% elif system == 'demo' %}
    {# not rowid itself: a seed loaded again counts on from the last load #}
    {% set rows = '(select row_number() over (order by rowid asc nulls last) as row_number, * from ' ~ ref('demo_' ~ table_name) ~ ') as seed' %}
  {% else %}
    {% set rows = ref(own_model_of_input(table_name)) %}
  {% endif %}
  {{ return(no_row ~ '\nunion all by name\nselect * from ' ~ rows) }}
{% endmacro %}

{# The model of the system that an input table would come from. own_model_of_input('events') -> 'src_rees46__events' #}
{% macro own_model_of_input(table_name) %}
  {{ return('src_' ~ source_system() ~ '__' ~ table_name) }}
{% endmacro %}
