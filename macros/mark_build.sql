{# Notes in the warehouse whether the last thing that dbt did to it was a build of everything without a failure: only then
   do results go to readers. on-run-start calls it without results, so a run that is killed leaves `false`. #}
{% macro mark_build(results=none) %}
  {% if not execute or flags.WHICH not in ['build', 'run', 'seed', 'snapshot', 'test'] %}
    {{ return('') }}
  {% endif %}
  {% set passed = ['success', 'pass', 'warn', 'no-op'] %}
  {% set failed = (results or []) | rejectattr('status', 'in', passed) | list %}
  {% set arguments = invocation_args_dict %}
  {% set left_out = (arguments.get('exclude_resource_types') or []) | map('string') | reject('eq', 'unit_test') | list %}
  {% set is_part = arguments.get('select') or arguments.get('exclude') or arguments.get('selector')
    or arguments.get('resource_types') or left_out or flags.EMPTY %}
  {% set is_whole = flags.WHICH == 'build' and results is not none and not is_part %}
  {# tests change no table: they can take the mark away, but not give it #}
  {% if flags.WHICH == 'test' and not failed %}
    {{ return('') }}
  {% endif %}
  {% do run_query('create schema if not exists intermediate') %}
  {% do run_query(
    'create or replace table intermediate.last_build as select ' ~ (is_whole and not failed) ~ ' as is_green'
  ) %}
  {{ return('') }}
{% endmacro %}
