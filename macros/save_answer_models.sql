{# Writes the models that answer messages beside the warehouse, from on-run-end; only where all of them were fitted in this run. #}
{% macro save_answer_models() %}
  {% if not execute or flags.WHICH not in ['build', 'run', 'retry'] %}
    {{ return('') }}
  {% endif %}
  {% set answer = fromjson(ask_plugin('save_answer_models', {'warehouse': target.get('path', '')})) %}
  {% if answer.get('problems') %}
    {% do exceptions.raise_compiler_error('The models that answer messages cannot be written:\n' ~ answer['problems']) %}
  {% endif %}
{% endmacro %}
