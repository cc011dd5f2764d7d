{# An input table as the source system has it: row_number, all its columns as text, row_defect. It comes from the first of these
   that there is: a raw table that is this input table already, a seed of the made shop, the system's own model. A column that
   the system does not have is null, and a table that it does not have (`source_tables` in dbt_project.yml) is empty.
   rows_of_source('events') -> select … where false union all by name select * from src_rees46__events #}
{% macro rows_of_source(table_name) %}
  {% set system = source_system() %}
  {% set raw_names = [] %}
  {% for name, raw_table in raw_tables(system).items() if raw_table.get('input_table') == table_name %}
    {% do raw_names.append(name) %}
  {% endfor %}
  {% set columns = [] %}
  {% for column in canonical_columns(table_name) %}
    {% do columns.append('cast(null as string) as ' ~ column) %}
  {% endfor %}
  {% set no_row = 'select cast(null as bigint) as row_number, ' ~ columns | join(', ') ~ ', cast(null as string) as row_defect where false' %}
  {% if table_name not in var('source_tables')[system] %}
    {{ return(no_row) }}
  {% elif raw_names %}
    {% set rows = raw_rows(raw_names[0]) ~ ' as raw_rows' %}
  {% elif system == 'demo' %}
    {# not rowid itself: a seed loaded again counts on from the last load #}
    {% set rows = '(select row_number() over (order by rowid asc nulls last) as row_number, * from ' ~ ref('demo_' ~ table_name) ~ ') as seed' %}
  {% else %}
    {% set rows = ref('src_' ~ system ~ '__' ~ table_name) %}
  {% endif %}
  {{ return(no_row ~ '\nunion all by name\nselect * from ' ~ rows) }}
{% endmacro %}
