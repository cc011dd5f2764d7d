{# Whether this model stays what an earlier run made it: evaluation is switched off, and an earlier run evaluated this source at an
   as_of that is not later than this run's. What another source or a later time taught says nothing of this run.
   keeps_earlier_evaluation() -> false on the first run, or with `evaluate: true`, or with --full-refresh #}
{% macro keeps_earlier_evaluation() %}
  {% if not execute or var('evaluate') or flags.FULL_REFRESH or load_relation(this) is none %}
    {{ return(false) }}
  {% endif %}
  {% set as_of = ref('stg_as_of') %}
  {% set columns = adapter.get_columns_in_relation(this) | map(attribute='name') | list %}
  {% if 'evaluated_at' not in columns or load_relation(as_of) is none %}
    {{ return(false) }}
  {% endif %}
  {% set kept %}
    select count(*) from {{ this }}
    where evaluated_source = '{{ source_system() }}' and evaluated_at <= (select a.as_of from {{ as_of }} as a)
  {% endset %}
  {{ return(run_query(kept).rows[0][0] > 0) }}
{% endmacro %}

{# What an evaluation has to be remembered with, in its select list: of which source, and when. #}
{% macro evaluation_origin() -%}
  '{{ source_system() }}' as evaluated_source,
  (select now.as_of from {{ ref('stg_as_of') }} as now) as evaluated_at
{%- endmacro %}
