{# Loads the code of the learned steps where the run has a Python model; on-run-start calls it, since models that run side
   by side cannot load one library at the same time. SQL alone does not wait three seconds for it. #}
{% macro load_learned_steps() %}
  {% if execute and flags.WHICH in ['build', 'run', 'retry'] %}
    {% set languages = [] %}
    {% for id in selected_resources %}
      {% do languages.append(graph.nodes.get(id, {}).get('language')) %}
    {% endfor %}
    {# a retry does not say what it runs #}
    {% if not languages or 'python' in languages %}
      {% set answer = fromjson(ask_plugin('load_learned_steps', {})) %}
      {% if answer.get('problems') %}
        {% do exceptions.raise_compiler_error('The learned steps cannot be loaded:\n' ~ answer['problems']) %}
      {% endif %}
    {% endif %}
  {% endif %}
{% endmacro %}
