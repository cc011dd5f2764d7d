{# The sources that this run reads, in order: one system with the path of its files, or several, `system=path` each, and the same
   system again as `system:name=path`. `name` is what stands before the path; with several it stands before their ids, too.
   sources() on 'shopify:uk=/data/uk, ga4=/data/ga4'
   -> [{'name': 'shopify:uk', 'system': 'shopify', 'raw_path': '/data/uk'}, {'name': 'ga4', …}] #}
{% macro sources() %}
  {% set told = env_var('CUSTOMER_INSIGHT_SOURCE', '') or var('source_system') %}
  {# a comma that no new name follows is part of a path #}
  {% set texts = told if told is not string else fromjson(told) if told.startswith('[') else modules.re.split(',\s*(?=\w+(?::\w+)?=)', told) %}
  {% set found = [] %}
  {% for text in texts %}
    {% set name, equals, path = (text | string).partition('=') %}
    {% do found.append({
      'name': name | trim, 'system': name.split(':')[0] | trim, 'raw_path': path | trim if equals else raw_path() | string,
    }) %}
  {% endfor %}
  {{ return(found) }}
{% endmacro %}

{# The order of sources, for numbers of rows and for which of several values counts: place_of_source('s.source_name') -> case … #}
{% macro place_of_source(column) -%}
  case {{ column }}{% for source in sources() %} when {{ sql_text(source['name']) }} then {{ loop.index0 }}{% endfor %} end
{%- endmacro %}
