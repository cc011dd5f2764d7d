{# Whether this model stays what an earlier run made it: evaluation is switched off, and there was an earlier run.
   keeps_earlier_evaluation() -> false on the first run, or with `evaluate: true`, or with --full-refresh #}
{% macro keeps_earlier_evaluation() %}
  {{ return(execute and not var('evaluate') and not flags.FULL_REFRESH and load_relation(this) is not none) }}
{% endmacro %}
