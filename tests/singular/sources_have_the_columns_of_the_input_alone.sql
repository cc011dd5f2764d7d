-- A column that no input table has is one that the model of a source system misspelled: what it holds would be read by nobody.
{% for table_name in canonical_tables() %}
select
    table_name,
    column_name
from information_schema.columns
where
    table_catalog = current_database()
    and table_schema = '{{ ref('src_' ~ table_name).schema }}'
    and table_name = '{{ ref('src_' ~ table_name).identifier }}'
    and column_name not in ('row_number', 'row_defect', '{{ canonical_columns(table_name) | join("', '") }}')
{{ 'union all' if not loop.last }}
{% endfor %}
