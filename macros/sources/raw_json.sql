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
