{# csv files as a relation with row_number, the given select list and row_defect. Fields are read by position (c1, c2, ...)
   as text with one more for what is too much; a line that is too short is padded with nulls, which a written field
   cannot be (`nullstr` is a text that nobody writes). So a line of the wrong width arrives, and says so. One thread
   reads, so that quoted newlines and the order of lines hold; a line may be as long as the buffer.
   raw_csv({'paths': ['/data/events.csv'], 'header': ['a', 'b'], 'delimiter': ','}, "nullif(c1, '') as a") #}
{% macro raw_csv(finding, columns) %}
  {% set width = finding['header'] | length %}
  {% set rows %}
  read_csv(
    [{% for path in finding['paths'] %}{{ sql_text(path) }}{{ ', ' if not loop.last }}{% endfor %}],
    auto_detect = false, header = false, skip = 1, delim = {{ sql_text(finding['delimiter']) }}, quote = '"', escape = '"',
    columns = { {%- for at in range(1, width + 2) %}'c{{ at }}': 'VARCHAR'{{ ', ' if not loop.last }}{% endfor -%} },
    null_padding = true, nullstr = '(no such field)', strict_mode = false, parallel = false,
    max_line_size = 67108864, buffer_size = 134217728, hive_partitioning = false
  )
  {% endset %}
  {{ return("(\n  select\n    row_number() over () as row_number,\n    " ~ columns ~ ",\n    case when c" ~ width
            ~ " is null or c" ~ (width + 1) ~ " is not null then 'wrong number of fields' end as row_defect\n  from "
            ~ rows ~ ')') }}
{% endmacro %}
