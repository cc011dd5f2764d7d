{# csv files that are read alike, as a select of the given columns and row_defect. Fields are read by position (c1, c2, ...) as
   text with one more for what is too much; a line that is too short is padded with nulls, which a written field cannot be
   (`nullstr` is a text that nobody writes). So a line of the wrong width arrives, and says so. One thread reads, so that
   quoted newlines and the order of lines hold; a line may be as long as the buffer.
   raw_csv({'paths': ['/data/events.csv'], 'header': ['a', 'b'], 'delimiter': ',', 'skip': 1}, "nullif(c1, '') as a") #}
{% macro raw_csv(part, columns) %}
  {% set width = part['header'] | length %}
  {% set rows %}
  read_csv(
    [{% for path in part['paths'] %}{{ sql_text(path) }}{{ ', ' if not loop.last }}{% endfor %}],
    auto_detect = false, header = false, skip = {{ part['skip'] }}, delim = {{ sql_text(part['delimiter']) }}, quote = '"', escape = '"',
    columns = { {%- for at in range(1, width + 2) %}'c{{ at }}': 'VARCHAR'{{ ', ' if not loop.last }}{% endfor -%} },
    null_padding = true, nullstr = '(no such field)', strict_mode = false, parallel = false, filename = 'raw_file',
    max_line_size = 67108864, buffer_size = 134217728, hive_partitioning = false
  )
  {% endset %}
  {{ return("select\n    " ~ columns ~ ",\n    case when c" ~ width ~ " is null or c" ~ (width + 1)
            ~ " is not null then 'wrong number of fields' end as row_defect\n  from " ~ rows) }}
{% endmacro %}

{# Files of json, one object a line or an array of them, in the same way. Every value arrives as text; a line that is no object
   arrives without any. raw_json({'paths': ['/data/events.jsonl'], ...}, 'raw."a" as a') #}
{% macro raw_json(part, columns) %}
  {% set rows %}
  read_json(
    [{% for path in part['paths'] %}{{ sql_text(path) }}{{ ', ' if not loop.last }}{% endfor %}],
    columns = { {%- for name in part['header'] %}{{ sql_text(name) }}: 'VARCHAR'{{ ', ' if not loop.last }}{% endfor -%} },
    maximum_object_size = 67108864, filename = 'raw_file', hive_partitioning = false
  ) as raw
  {% endset %}
  {{ return('select\n    ' ~ columns ~ ',\n    cast(null as string) as row_defect\n  from ' ~ rows) }}
{% endmacro %}
