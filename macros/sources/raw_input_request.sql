{# What the plugin is asked about raw files (customer_insight.commands.dbt_plugin): the path, and the tables as they are described.
   raw_input_request(['events']) -> {'raw_path': '/data', 'tables': {'events': {'columns': {…}, …}}} #}
{% macro raw_input_request(table_names) %}
  {% set tables = {} %}
  {% for name in table_names %}
    {% do tables.update({name: raw_tables(source_system())[name]}) %}
  {% endfor %}
  {{ return({'raw_path': raw_path() | string, 'tables': tables}) }}
{% endmacro %}

{# Asks one of the plugin's functions; text. ask_plugin('find_raw_table', {...}) -> '{"table": "events", ...}' #}
{% macro ask_plugin(function, request) %}
  {% set request_text = tojson(request).replace("'", "''") %}
  {{ return(run_query("select " ~ function ~ "('" ~ request_text ~ "')").rows[0][0]) }}
{% endmacro %}
