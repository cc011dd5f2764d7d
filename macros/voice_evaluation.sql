{# The body of a model with the figures of one task of texts, from its learned step: with `evaluate: false` an earlier run's rows stay.
   voice_evaluation('sentiment', ref('ml_review_voice')) #}
{% macro voice_evaluation(task, learned) %}
  {% if keeps_earlier_evaluation() %}
  select * from {{ this }}
  {% else %}
  select
    '{{ task }}' as task,
    f.item.model as model,
    f.item.metric as metric,
    f.item.value as value,
    f.item.ci_low as ci_low,
    f.item.ci_high as ci_high,
    f.item.texts as texts,
    f.item.is_champion as is_champion,
    f.run_id,
    {{ evaluation_origin() }}
  from (
    select
      run_id,
      {{ explode('evaluation') }} as item
    from {{ learned }}
  ) as f
  {% endif %}
{% endmacro %}
