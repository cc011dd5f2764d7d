{# JSON that asks the plugin about raw files (customer_insight.commands.dbt_plugin). For one table: the layout, the path
   and its columns. raw_input_request(['events']) -> '{"layout": "table_per_file", "raw_path": "/data", ...}' #}
{% macro raw_input_request(table_names) %}
  {% set layout = raw_layout(source_system()) %}
  {% set tables = {} %}
  {% for name in table_names %}
    {% do tables.update({name: layout['tables'][name]}) %}
  {% endfor %}
  {{ return({'layout': layout['layout'], 'needed': layout['needed'], 'raw_path': raw_path() | string,
             'tables': tables}) }}
{% endmacro %}

{# Asks one of the plugin's functions; text. ask_plugin('find_raw_table', {...}) -> '{"table": "events", ...}' #}
{% macro ask_plugin(function, request) %}
  {% set request_text = tojson(request).replace("'", "''") %}
  {{ return(run_query("select " ~ function ~ "('" ~ request_text ~ "')").rows[0][0]) }}
{% endmacro %}
