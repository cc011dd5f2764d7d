{# csv files that are read alike, as a select of the given columns and row_defect. Fields are read by position (c1, c2, ...) as
   text with one more for what is too much; a line that is too short is padded with nulls, which a written field cannot be
   (`nullstr` is a text that nobody writes). So a line of the wrong width arrives, and says so; one of empty fields alone, as
   spreadsheets leave behind, is no row. One thread reads, so that quoted newlines and the order of lines hold; a line may be as
   long as the buffer.
   raw_csv({'paths': ['/data/events.csv'], 'header': ['a', 'b'], 'delimiter': ',', 'quote': '"', 'skip': 1, …}, "nullif(c1, '') as a") #}
{% macro raw_csv(part, columns) %}
  {% set width = part['header'] | length %}
  {% set rows %}
  read_csv(
    [{% for path in part['paths'] %}{{ sql_text(path) }}{{ ', ' if not loop.last }}{% endfor %}],
    auto_detect = false, header = false, skip = {{ part['skip'] }}, delim = {{ sql_text(part['delimiter']) }},
    quote = {{ sql_text(part['quote']) }}, escape = {{ sql_text(part['quote']) }},
    columns = { {%- for at in range(1, width + 2) %}'c{{ at }}': 'VARCHAR'{{ ', ' if not loop.last }}{% endfor -%} },
    null_padding = true, nullstr = '(no such field)', strict_mode = false, parallel = false, filename = 'raw_file',
    max_line_size = 67108864, buffer_size = 134217728, hive_partitioning = false
  )
  {% endset %}
  {% set select = ("select\n    " ~ columns ~ ",\n    case when c" ~ width ~ " is null or c" ~ (width + 1)
            ~ " is not null then 'wrong number of fields' end as row_defect\n  from " ~ rows
            ~ (not_blank(width) if part['may_have_blank_rows'] else '')) %}
  {# another table stands below it #}
  {{ return('(' ~ select ~ '\n  limit ' ~ part['rows'] ~ ')' if part['rows'] else select) }}
{% endmacro %}

{# The condition that leaves out lines of empty fields alone. With it the engine casts all rows a third slower, so it is there only where
   there may be such lines. #}
{% macro not_blank(width) %}
  {% set fields = [] %}
  {% for at in range(1, width + 2) %}
    {% do fields.append("c" ~ at ~ " <> ''") %}
  {% endfor %}
  {{ return("\n  where " ~ fields | join(' or ')) }}
{% endmacro %}
