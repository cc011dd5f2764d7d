{# What of a system's description would leave rows unread. #}
{% macro problems_of_system(system) %}
  {% set told, named = [], var('source_tables').get(system, []) %}
  {% set models = graph.nodes.values() | map(attribute='name') | list %}
  {% for table_name in named if table_name not in canonical_tables() %}
    {% do told.append(system ~ ': source_tables in dbt_project.yml names ' ~ table_name ~ ', and there is no such input table; the '
      ~ 'input tables are ' ~ canonical_tables() | join(', ')) %}
  {% endfor %}
  {% for name, raw_table in raw_tables(system).items() if raw_table.get('input_table', canonical_tables()[0]) not in canonical_tables() %}
    {% do told.append(system ~ ': the raw table ' ~ name ~ ' says that it is the input table ' ~ raw_table['input_table'] ~ ', and there '
      ~ 'is none of this name; the input tables are ' ~ canonical_tables() | join(', ')) %}
  {% endfor %}
  {% for table_name in canonical_tables() %}
    {% set raw_names, own_model = raw_tables_of_input(table_name, system), own_model_of_input(table_name, system) %}
    {% set places = ((['the raw table ' ~ raw_names | join(' and ')] if raw_names else [])
      + (['the model ' ~ own_model] if own_model in models else [])) %}
    {% if places and table_name not in named %}
      {% do told.append(system ~ ': ' ~ places[0] ~ ' holds ' ~ table_name ~ ', which source_tables in dbt_project.yml does not name for '
        ~ system ~ ', so nobody would read it; add ' ~ table_name ~ ' there') %}
    {% elif places | length == 2 %}
      {% do told.append(system ~ ': ' ~ table_name ~ ' is both ' ~ places | join(' and ') ~ ', which nobody would read; take away the '
        ~ 'input_table of the raw table, or the model') %}
    {% elif not places and table_name in named and system != 'demo' %}
      {% do told.append(system ~ ': source_tables in dbt_project.yml names ' ~ table_name ~ ', which comes from nowhere; give a raw table '
        ~ 'the input_table ' ~ table_name ~ ', or write the model ' ~ own_model) %}
    {% endif %}
  {% endfor %}
  {{ return(told) }}
{% endmacro %}
