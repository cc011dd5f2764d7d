{# Readies the run's Python models, from on-run-start: passes the settings on to them, and loads their code where there is such
   a model, since models that run side by side cannot load one library at the same time. SQL alone does not wait for it. #}
{% macro load_learned_steps() %}
  {% if not execute or flags.WHICH not in ['build', 'run', 'retry'] %}
    {{ return('') }}
  {% endif %}
  {% set languages = [] %}
  {% for id in selected_resources %}
    {% do languages.append(graph.nodes.get(id, {}).get('language')) %}
  {% endfor %}
  {# a retry does not say what it runs #}
  {% set is_learned = not languages or 'python' in languages %}
  {% set request = {'settings': run_settings(), 'invocation_id': invocation_id, 'is_learned': is_learned} %}
  {% set answer = fromjson(ask_plugin('load_learned_steps', request)) %}
  {% if answer.get('problems') %}
    {% do exceptions.raise_compiler_error('The learned steps cannot be loaded:\n' ~ answer['problems']) %}
  {% endif %}
{% endmacro %}
