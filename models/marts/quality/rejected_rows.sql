-- One row per row of a source table that was refused, with the reason and the row as it came.
with refused as (
    {% for table_name in canonical_tables() %}
    select
        '{{ table_name }}' as source_table,
        row_number,
        reject_reason
    from {{ ref('stg_' ~ table_name ~ '__typed') }}
    where reject_reason is not null
    union all
    select
        '{{ table_name }}' as source_table,
        row_number,
        reject_reason
    from {{ ref('stg_' ~ table_name ~ '__repeated') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

{% for table_name in canonical_tables() %}
select
    s.source_name as source_system,
    r.source_table,
    {{ row_in_source('r.row_number') }} as row_number,
    r.reject_reason as reason,
    {{ json_row(canonical_columns(table_name) | reject('in', hidden_columns(table_name)), 's') }} as row_json
from {{ ref('src_' ~ table_name) }} as s
inner join refused as r on r.source_table = '{{ table_name }}' and s.row_number = r.row_number
{{ 'union all' if not loop.last }}
{% endfor %}
