{# The sum of a column, null where it is null in any row: sum_if_all_known('gross_margin') of 5, null -> null #}
{% macro sum_if_all_known(column) -%}
  case when count(*) = count({{ column }}) then cast(sum({{ column }}) as decimal(18, 2)) end
{%- endmacro %}
