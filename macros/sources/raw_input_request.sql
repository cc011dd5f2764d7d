{# What the plugin is asked about the raw files of a source (customer_insight.commands.dbt_plugin): the path, and the tables as they
   are described. raw_input_request(source) -> {'raw_path': '/data', 'tables': {'events': {'columns': {…}, …}}} #}
{% macro raw_input_request(source) %}
  {{ return({'raw_path': source['raw_path'], 'tables': raw_tables(source['system'])}) }}
{% endmacro %}

{# What was found of one raw table: its files as parts, the names of its columns in them. raw_finding('events', source)['paths'] -> […] #}
{% macro raw_finding(table_name, source) %}
  {% set request = raw_input_request(source) %}
  {% do request.update({'table': table_name}) %}
  {{ return(fromjson(ask_plugin('find_raw_table', request)) if execute else {'parts': [], 'paths': []}) }}
{% endmacro %}

{# Asks one of the plugin's functions; text. ask_plugin('find_raw_table', {...}) -> '{"table": "events", ...}' #}
{% macro ask_plugin(function, request) %}
  {% set request_text = tojson(request).replace("'", "''") %}
  {{ return(run_query("select " ~ function ~ "('" ~ request_text ~ "')").rows[0][0]) }}
{% endmacro %}
