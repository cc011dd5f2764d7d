-- A column that no input table has is one that the model of a source system misspelled: what it holds would be read by nobody.
-- And row_number and row_defect, which no input describes, are what such a model has to pass on.
{% for system in systems() if system != 'demo' %}
{% for table_name in var('source_tables')[system] if not raw_tables_of_input(table_name, system) %}
select
    '{{ table_name }}' as table_name,
    needed.column_name
from (select 'row_number' as column_name union all select 'row_defect' as column_name) as needed
left join information_schema.columns as c
    on
        c.table_catalog = current_database()
        and c.table_schema = '{{ ref(own_model_of_input(table_name, system)).schema }}'
        and c.table_name = '{{ ref(own_model_of_input(table_name, system)).identifier }}'
        and needed.column_name = c.column_name
where c.column_name is null
union all
{% endfor %}
{% endfor %}
{% for table_name in canonical_tables() %}
select
    table_name,
    column_name
from information_schema.columns
where
    table_catalog = current_database()
    and table_schema = '{{ ref('src_' ~ table_name).schema }}'
    and table_name = '{{ ref('src_' ~ table_name).identifier }}'
    and column_name not in ('row_number', 'source_name', 'row_defect', '{{ canonical_columns(table_name) | join("', '") }}')
{{ 'union all' if not loop.last }}
{% endfor %}
