{# Text without the blanks around it; null where nothing is left, or one of the words that stand for nothing.
   clean_text('customer_id', 'nothing.words') on '  C1 ' -> 'C1', on '  ' -> null, on 'NULL' -> null #}
{% macro clean_text(column, words=none) %}
  {{- return(adapter.dispatch('clean_text')(column, words)) -}}
{% endmacro %}

{% macro default__clean_text(column, words) -%}
  {%- set trimmed = "trim(" ~ column ~ ", chr(32) || chr(9) || chr(10) || chr(13) || chr(160) || chr(65279))" -%}
  {# to trim takes eight times as long as to look at both ends, and few texts need it #}
  case
    when regexp_matches({{ column }}, '^[^!-~]|[^!-~]$')
      then {% if words %}case when not array_contains({{ words }}, lower({{ trimmed }})) then nullif({{ trimmed }}, '') end
           {%- else %}nullif({{ trimmed }}, ''){% endif %}
    {%- if words %}
    when length({{ column }}) <= 12 and array_contains({{ words }}, lower({{ column }})) then null
    {%- endif %}
    else nullif({{ column }}, '')
  end
{%- endmacro %}
