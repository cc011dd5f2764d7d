{# An end of the 95 % interval of a share, as Wilson (1927) has it; null of nobody. wilson('low', 5, 100) -> 0.0215 #}
{% macro wilson(end, part, whole) -%}
  {%- set n, p = 'cast(nullif(' ~ whole ~ ', 0) as double)', ratio(part, whole) %}
  {%- set spread = '1.959963984540054 * sqrt((' ~ p ~ ') * (1 - ' ~ p ~ ') / ' ~ n ~ ' + 0.960364705173531 / (' ~ n ~ ' * ' ~ n ~ '))' -%}
  case
    when {{ part }} is not null and {{ whole }} > 0
      then {{ 'greatest' if end == 'low' else 'least' }}(
        ({{ p }} + 1.920729410347062 / {{ n }} {{ '-' if end == 'low' else '+' }} {{ spread }}) / (1 + 3.841458820694124 / {{ n }}),
        {{ 0 if end == 'low' else 1 }}
      )
  end
{%- endmacro %}

{# An end of the 95 % interval of a mean, from the sum and the sum of squares; null of fewer than two.
   mean_end('high', 'sum', 'sum_of_squares', 'n') #}
{% macro mean_end(end, total, squares, count) -%}
  case
    when {{ count }} > 1
      then {{ ratio(total, count) }} {{ '-' if end == 'low' else '+' }} 1.959963984540054 * sqrt(
        greatest({{ squares }} - cast({{ total }} as double) * {{ ratio(total, count) }}, 0)
        / nullif(cast({{ count }} as double) * ({{ count }} - 1), 0)
      )
  end
{%- endmacro %}
