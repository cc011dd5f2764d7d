{# Text without the blanks around it; null where nothing is left, or one of the words that stand for nothing.
   clean_text('customer_id', 'nothing.words') on '  C1 ' -> 'C1', on '  ' -> null, on 'NULL' -> null #}
{% macro clean_text(column, words=none) %}
  {{- return(adapter.dispatch('clean_text')(column, words)) -}}
{% endmacro %}

{% macro default__clean_text(column, words) -%}
  {%- set trimmed = "trim(" ~ column ~ ", chr(32) || chr(9) || chr(10) || chr(13) || chr(160) || chr(65279))" -%}
  case
    {# one look tells the many from the few: no blank at either end, and too long or too numeric for such a word #}
    when not regexp_matches({{ column }}, '^(?s:[^!-~].*|.*[^!-~]|[^1-9]{1,12})$') then {{ column }}
    {%- if words %}
    when array_contains({{ words }}, lower({{ trimmed }})) then null
    {%- endif %}
    else nullif({{ trimmed }}, '')
  end
{%- endmacro %}
