{# Parquet files as a relation with row_number, the given select list and row_defect (always null). Streams: nothing is
   sorted. Files follow one another by name, and the rows of a file come after all rows of the files before it.
   raw_parquet({'paths': ['/data/events/1.parquet', '/data/events/2.parquet'], ...}, 'cast("value" as string) as value') #}
{% macro raw_parquet(part, columns) %}
  {% set paths %}[{% for path in part['paths'] %}{{ sql_text(path) }}{{ ', ' if not loop.last }}{% endfor %}]{% endset %}
  {% set rows %}
  read_parquet({{ paths }}, file_row_number = true, filename = 'raw_file', union_by_name = true, hive_partitioning = false)
  {% endset %}
  {% if part['paths'] | length == 1 %}
    {% set offset, source = '1', rows ~ ' as raw' %}
  {% else %}
    {% set offset = 'file_offset + 1' %}
    {% set source %}{{ rows }} as raw
  inner join (
    select file_name, cast(sum(num_rows) over (order by list_position({{ paths }}, file_name)) - num_rows as bigint) as file_offset
    from parquet_file_metadata({{ paths }})
  ) as files on raw.raw_file = files.file_name
    {% endset %}
  {% endif %}
  {{ return('(\n  select\n    cast(raw.file_row_number + ' ~ offset ~ ' as bigint) as row_number,\n    ' ~ columns
            ~ ',\n    cast(null as string) as row_defect\n  from ' ~ source ~ '\n)') }}
{% endmacro %}
