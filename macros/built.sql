{# The table of a model where it has been built, else none; for hooks, since a project may be a part that has no such model. #}
{% macro built(name) %}
  {% for node in graph.nodes.values() if node.resource_type == 'model' and node.name == name %}
    {{ return(adapter.get_relation(node.database, node.schema, node.alias)) }}
  {% endfor %}
  {{ return(none) }}
{% endmacro %}
