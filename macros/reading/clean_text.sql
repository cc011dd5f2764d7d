{# Text without the blanks around it; null where nothing is left, or one of the words that stand for nothing.
   clean_text('customer_id', 'nothing.words') on '  C1 ' -> 'C1', on '  ' -> null, on 'NULL' -> null #}
{% macro clean_text(column, words=none) %}
  {{- return(adapter.dispatch('clean_text')(column, words)) -}}
{% endmacro %}

{% macro default__clean_text(column, words) -%}
  {%- set trimmed = "trim(" ~ column ~ ", chr(32) || chr(9) || chr(10) || chr(13) || chr(160) || chr(8203) || chr(8288) || chr(65279))" -%}
  {# to trim takes eight times as long as to look at both ends; few texts need it, or are short and without a digit from 1 to 9 #}
  case
    when not regexp_matches({{ column }}, '^(?s:[^!-~].*|.*[^!-~]|[^1-9]{0,12})$') then {{ column }}
    {%- if words %}
    when not regexp_matches({{ column }}, '^[^!-~]|[^!-~]$')
      then case when not coalesce(array_contains({{ words }}, lower({{ column }})), false) then nullif({{ column }}, '') end
    when array_contains({{ words }}, lower({{ trimmed }})) then null
    {%- endif %}
    else nullif({{ trimmed }}, '')
  end
{%- endmacro %}
