{# Writes who is erased by now into the file beside the warehouse, from on-run-end: all ids of the person, so that nobody comes
   back from an older file. #}
{% macro keep_erasures() %}
  {% if not execute or flags.WHICH not in ['build', 'run', 'retry'] %}
    {{ return('') }}
  {% endif %}
  {% set people, wishes, joins = built('stg_wishes'), built('stg_customers__wishes'), built('stg_customer_joins') %}
  {% if people is none %}
    {{ return('') }}
  {% endif %}
  {% set ids %}
    select own_id from (
      select customer_id as own_id from {{ people }} where is_erased
      union
      select customer_id as own_id from {{ wishes }} where is_erased
      {% if joins_customers() %}
      union
      select j.own_customer_id as own_id
      from {{ joins }} as j inner join {{ people }} as p on j.customer_id = p.customer_id
      where p.is_erased
      {% endif %}
    ) as erased
  {% endset %}
  {% set selects = [] %}
  {% for id in erasure_ids('own_id') %}
    {% do selects.append('select ' ~ erasure_key(id) ~ ' as erasure_key from (' ~ ids ~ ') as ids') %}
  {% endfor %}
  {% set keys = run_query(selects | join(' union ') ~ ' order by 1') %}
  {% set answer = fromjson(ask_plugin('keep_erasures', {
    'warehouse': target.get('path', ''), 'keys': keys.columns[0].values() | list
  })) %}
  {% if answer.get('problems') %}
    {% do exceptions.raise_compiler_error('Who is erased cannot be kept:\n' ~ answer['problems']) %}
  {% endif %}
{% endmacro %}
