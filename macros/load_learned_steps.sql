{# Loads the code of the learned steps where the run has a Python model; on-run-start calls it, since models that run side
   by side cannot load one library at the same time. SQL alone does not wait three seconds for it. #}
{% macro load_learned_steps() %}
  {% if execute and flags.WHICH in ['build', 'run'] %}
    {% for id in selected_resources if graph.nodes.get(id, {}).get('language') == 'python' %}
      {% if loop.first %}
        {% do ask_plugin('load_learned_steps', {}) %}
      {% endif %}
    {% endfor %}
  {% endif %}
{% endmacro %}
