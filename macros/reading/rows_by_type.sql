{# The beginning of a model that casts an input table: its rows cleaned, and by_type with each column read by its type, as
   `<column>_read` beside the text. with {{ rows_by_type('identity_links', ref('src_identity_links')) }} select … from by_type #}
{% macro rows_by_type(table_name, source_rows) -%}
cleaned as (
    select
        source.row_number,
        source.source_name,
        source.row_defect,
        {{ clean_columns(table_name) }}
    from {{ source_rows }} as source
    cross join {{ words_for_nothing() }} as nothing
),

by_type as (
    select
        cleaned.*,
        {{ read_columns(table_name) }}
    from cleaned
    {%- if hidden_columns(table_name) %}
    cross join {{ words_of_addresses() }} as short
    {%- endif %}
    {{ 'cross' if sources() | length == 1 else 'inner' }} join {{ readings_of(table_name) }} as reading
      {{- ' on cleaned.source_name = reading.of_source' if sources() | length > 1 }}
)
{%- endmacro %}
