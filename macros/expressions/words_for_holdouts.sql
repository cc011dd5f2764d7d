{# How tools call those who are left alone, in lower case. #}
{% macro words_for_holdouts() %}
  {{ return(['control', 'holdout', 'hold-out', 'hold out', 'control group', 'no contact', 'no e-mail', 'no email', 'no mail', 'no sms',
             'no message', 'no campaign', 'no treatment', 'no offer', 'not sent', 'untreated']) }}
{% endmacro %}

{# The same as a list of SQL: in ({{ sql_words_for_holdouts() }}) #}
{% macro sql_words_for_holdouts() -%}
  '{{ words_for_holdouts() | join("', '") }}'
{%- endmacro %}
