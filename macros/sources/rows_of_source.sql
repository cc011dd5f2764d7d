{# An input table as the sources have it: row_number, source_name (which source), all its columns as text, row_defect. The rows of
   a source come from the first of these that there is: the raw tables that are this input table already, a seed of the made shop,
   the system's own model. A column that a system does not have is null, and a table that it does not have (`source_tables` in
   dbt_project.yml) is empty. With several sources the numbers of the second begin at a quadrillion, of the third at two.
   rows_of_source('events') -> select … where false union all by name select 'rees46' as source_name, * from src_rees46__events #}
{% macro rows_of_source(table_name) %}
  {% set columns = [] %}
  {% for column in ['source_name'] + canonical_columns(table_name) %}
    {% do columns.append('cast(null as string) as ' ~ column) %}
  {% endfor %}
  {% set rows = ['select cast(null as bigint) as row_number, ' ~ columns | join(', ') ~ ', cast(null as string) as row_defect where false'] %}
  {% for source in sources() if table_name in var('source_tables').get(source['system'], []) %}
    {% do rows.append("select " ~ sql_text(source['name']) ~ " as source_name, * from " ~ rows_of_one_source(table_name, source)) %}
  {% endfor %}
  {% set all_rows = rows | join('\nunion all by name\n') %}
  {{ return(all_rows if sources() | length == 1 else numbered_apart(all_rows)) }}
{% endmacro %}

{# The rows of one of them. #}
{% macro rows_of_one_source(table_name, source) %}
  {% if raw_tables_of_input(table_name, source['system']) %}
    {{ return(raw_rows_of_input(table_name, source)) }}
  {% elif source['system'] == 'demo' %}
    {# not rowid itself: a seed loaded again counts on from the last load #}
    {{ return('(select row_number() over (order by rowid asc nulls last) as row_number, * from ' ~ ref('demo_' ~ table_name) ~ ') as seed') }}
  {% endif %}
  {{ return(of_source(ref(own_model_of_input(table_name, source['system'])), source)) }}
{% endmacro %}
