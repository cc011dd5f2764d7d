{# The sum of a column, null where it is null in any row: sum_if_all_known('gross_margin') of 5, null -> null #}
{% macro sum_if_all_known(column) -%}
  case when count(*) = count({{ column }}) then cast(sum({{ column }}) as decimal(18, 2)) end
{%- endmacro %}

{# The sum of doubles, the same in whatever order they are added: each is rounded to six places first, or to more where shares of
   ones are summed. exact_sum('w * y'), exact_sum('share', 18) #}
{% macro exact_sum(addend, places=6) -%}
  cast(sum(cast({{ addend }} as decimal(38, {{ places }}))) as double)
{%- endmacro %}
