{# Why a row that repeats another is refused, by its place among equal rows: repeat_reason() -> exact duplicate of another row #}
{% macro repeat_reason() -%}
  case when copy_rank > 1 then 'exact duplicate of another row' else 'another row has the same key' end
{%- endmacro %}
