{# The instant so many days, with fractions, before another, to the second and never earlier; null without a number:
   days_before('a.as_of', 'age_days') #}
{% macro days_before(column, days) -%}
  ({{ column }} - interval '1 second' * cast(floor({{ days }} * 86400) as bigint))
{%- endmacro %}

{# How long customers have been suspects, in days of the shop before its last one, for an input that learned steps read; null for
   all others. What follows it has int_suspect_customers joined as `q`. suspected_age('a.last_day') #}
{% macro suspected_age(last_day) -%}
  {{ shop_days_ago('q.suspected_at', last_day) }}
{%- endmacro %}
